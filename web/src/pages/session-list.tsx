import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Form } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { moment, text } from '../texts/texts.js';
import { programOf } from './program.js';

/** A session as `GET /v1/sessions` lists it. */
interface Session {
  readonly id: string;
  readonly address: string;
  readonly userAgent: string;
  readonly lastUsedAt: string;
  readonly isCurrent: boolean;
}

interface SessionPage {
  readonly items: readonly Session[];
  readonly nextCursor: string | null;
}

/** One's own sessions, and the button that ends all but this one. */
export function SessionList(): VNode {
  const page = useSignal<SessionPage>({ items: [], nextCursor: null });
  const hasEnded = useSignal(false);
  const listing = useSubmission();
  const ending = useSubmission();
  const load = async (cursor: string | null): Promise<Fault | null> => {
    const more = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await request('GET', `/v1/sessions?limit=20${more}`);
    if (!answer?.isOk) return faultOf(answer, {});
    const { items, nextCursor } = answer.body as unknown as SessionPage;
    page.value = { items: cursor === null ? items : [...page.peek().items, ...items], nextCursor };
    return null;
  };
  const endOthers = async (): Promise<Fault | null> => {
    const answer = await request('DELETE', '/v1/sessions');
    if (!answer?.isOk) return faultOf(answer, {});
    hasEnded.value = true;
    return load(null);
  };
  useEffect(() => {
    void listing.run(() => load(null));
  }, []);
  const { items, nextCursor } = page.value;
  return (
    <section>
      <h2>{text('sessions')}</h2>
      <ul class="sessions">
        {items.map((session) => (
          <Entry key={session.id} session={session} />
        ))}
      </ul>
      {(nextCursor !== null || listing.fault !== null) && (
        <Form
          submission={listing}
          action={text(listing.fault ? 'again' : 'more')}
          send={() => load(nextCursor)}
        />
      )}
      <p role="status">{hasEnded.value && text('othersEnded')}</p>
      {items.some(({ isCurrent }) => !isCurrent) && (
        <Form submission={ending} action={text('endOthers')} send={endOthers} />
      )}
    </section>
  );
}

function Entry({ session }: { readonly session: Session }): VNode {
  const { userAgent, address, lastUsedAt, isCurrent } = session;
  return (
    <li>
      <strong>{programOf(userAgent) || text('unknownProgram')}</strong>
      <span class="quiet">
        {address} – {isCurrent ? text('thisSession') : text('lastUsed', { time: moment(lastUsedAt) })}
      </span>
    </li>
  );
}
