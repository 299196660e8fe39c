import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { moment, text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';

export const LONGEST_NAME = 100;

/** A passkey as `GET /v1/me/passkeys` lists it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly isBackedUp: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

interface Properties {
  readonly passkey: Passkey;
  readonly onChange: (words: string) => Promise<Fault | null>;
}

/** One of one's passkeys, which can be called something else and taken away. */
export function PasskeyEntry({ passkey, onChange }: Properties): VNode {
  const isRenamed = useSignal(false);
  const wasRenamed = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (wasRenamed.current && !isRenamed.value) button.current?.focus();
    wasRenamed.current = isRenamed.value;
  }, [isRenamed.value]);
  const { id, name, createdAt, lastUsedAt } = passkey;
  const remove = async (): Promise<Fault | null> => {
    const answer = await ownRequest('DELETE', `/v1/me/passkeys/${id}`);
    if (answer?.isOk || answer?.status === 404) return onChange(text('passkeyRemoved'));
    return faultOf(answer, { 'last-way-in': 'lastWayIn' });
  };
  const renamed = (): Promise<Fault | null> => {
    isRenamed.value = false;
    return onChange(text('passkeyRenamed'));
  };
  const used = lastUsedAt && text('passkeyLastUsed', { time: moment(lastUsedAt) });
  return (
    <li>
      <strong>{name}</strong>
      <span class="quiet">
        {[text('addedAt', { time: moment(createdAt) }), used].filter(Boolean).join(' – ')}
      </span>
      {isRenamed.value ? (
        <Rename passkey={passkey} onRenamed={renamed} onCancel={() => (isRenamed.value = false)} />
      ) : (
        <div class="acts">
          <button ref={button} type="button" class="small" onClick={() => (isRenamed.value = true)}>
            {text('rename')} <span class="visually-hidden">{name}</span>
          </button>
          <Act label={text('remove')} to={name} question={text('passkeyRemoveSure', { name })} act={remove} />
        </div>
      )}
    </li>
  );
}

interface RenameProperties {
  readonly passkey: Passkey;
  readonly onRenamed: () => Promise<Fault | null>;
  readonly onCancel: () => void;
}

function Rename({ passkey: { id, name }, onRenamed, onCancel }: RenameProperties): VNode {
  const submission = useSubmission();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const wanted = typed(fields, `name-${id}`).trim();
    if (wanted === '') return fault('emptyField');
    const answer = await ownRequest('PATCH', `/v1/me/passkeys/${id}`, { name: wanted });
    return answer?.isOk ? onRenamed() : faultOf(answer, {});
  };
  return (
    <>
      <Form submission={submission} action={text('save')} send={send}>
        <Field
          name={`name-${id}`}
          label={text('passkeyName')}
          autoComplete="off"
          initial={name}
          maxLength={LONGEST_NAME}
          inputRef={input}
        />
      </Form>
      <button type="button" class="plain" onClick={onCancel}>
        {text('cancel')}
      </button>
    </>
  );
}
