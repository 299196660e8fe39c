import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { Form } from '../parts/form.js';
import { NewsLine, useNews } from '../parts/news.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { useFileAddress } from './file-address.js';
import { ownRequest } from './own-request.js';
import type { Account } from './public-profile.js';

const KINDS = ['image/png', 'image/jpeg', 'image/webp'];
const MOST_BYTES = 5 * 1024 * 1024;

interface Properties {
  readonly account: Account;
  readonly onChange: (account: Account) => void;
}

/** The user's picture: looked at before it is sent, and taken away. */
export function Picture({ account, onChange }: Properties): VNode {
  const submission = useSubmission();
  const news = useNews();
  const chosen = useSignal<File | null>(null);
  const refusal = chosen.value === null ? null : faultOfPicture(chosen.value);
  const preview = useFileAddress(refusal === null ? chosen.value : null, chosen.value?.type ?? '');
  const form = useRef<HTMLDivElement>(null);
  const change = async (body: unknown, words: string): Promise<Fault | null> => {
    const answer = await ownRequest('PATCH', `/v1/accounts/${account.id}`, body);
    if (answer?.status === 413) return fault('pictureTooBig');
    if (answer?.status === 400) return fault('pictureRefused');
    if (!answer?.isOk) return faultOf(answer, {});
    onChange(answer.body as unknown as Account);
    chosen.value = null;
    form.current?.querySelector('form')?.reset();
    news.tell(words);
    return null;
  };
  const choose = (file: File | null): void => {
    chosen.value = file;
    void submission.run(async () => file && faultOfPicture(file));
  };
  const send = async (): Promise<Fault | null> => {
    if (chosen.value === null) return fault('pictureNone');
    if (refusal !== null) return refusal;
    const body = new FormData();
    body.append('avatar', chosen.value);
    return change(body, text('pictureSaved'));
  };
  const shown = preview ?? account.avatar;
  return (
    <div ref={form}>
      <h3>{text('picture')}</h3>
      <NewsLine news={news} />
      {shown && <img class="avatar" src={shown} alt={text(preview ? 'pictureChosen' : 'pictureNow')} />}
      <Form submission={submission} action={text('pictureSend')} send={send}>
        <label for="avatar">{text('pictureChoose')}</label>
        <input
          id="avatar"
          type="file"
          accept={KINDS.join(',')}
          required
          aria-invalid={refusal !== null}
          aria-describedby="avatar-limits"
          onChange={({ currentTarget }) => choose(currentTarget.files?.[0] ?? null)}
        />
        <p id="avatar-limits" class="quiet">
          {text('pictureLimits')}
        </p>
      </Form>
      {account.avatar !== null && (
        <Act label={text('pictureRemove')} act={() => change({ avatar: null }, text('pictureRemoved'))} />
      )}
    </div>
  );
}

function faultOfPicture({ type, size }: File): Fault | null {
  if (!KINDS.includes(type)) return fault('pictureKind');
  return size > MOST_BYTES ? fault('pictureTooBig') : null;
}
