import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Act } from '../parts/act.js';
import { request } from '../api/request.js';
import { faultOf, type Fault } from '../api/fault.js';
import { leaveToSignIn } from '../route.js';
import { text } from '../texts/texts.js';
import { question, type EndOfQuestion } from './confirmation.js';
import { ConfirmationStep, type ConfirmationMethod } from './confirmation-step.js';
import { Loading, useLoaded } from './loaded.js';

/**
 * Where somebody shows once more who he is: over the page, of which nothing is lost. Afterwards the
 * focus is where it was.
 */
export function Confirmation(): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const end = question.value;
  useLayoutEffect(() => {
    if (end === null) dialog.current?.close();
    else dialog.current?.showModal();
  }, [end]);
  useEffect(() => () => question.peek()?.(false), []);
  return (
    <dialog ref={dialog} aria-labelledby="confirmation-title" onClose={() => question.peek()?.(false)}>
      {end !== null && <Question end={end} />}
    </dialog>
  );
}

function Question({ end }: { readonly end: EndOfQuestion }): VNode {
  const known = useLoaded<{ readonly methods: readonly ConfirmationMethod[] }>(
    '/v1/sessions/current/confirm',
  );
  return (
    <>
      <h2 id="confirmation-title">{text('confirmTitle')}</h2>
      <p>{text('confirmText')}</p>
      {known.value === null ? (
        <Loading of={known} />
      ) : known.value.methods.length === 0 ? (
        <NoMethod />
      ) : (
        <ConfirmationStep methods={known.value.methods} onConfirmed={() => end(true)} />
      )}
      <button type="button" class="plain" onClick={() => end(false)}>
        {text('cancel')}
      </button>
    </>
  );
}

/** For who has nothing to show: a new sign-in is as good. */
function NoMethod(): VNode {
  const signOut = async (): Promise<Fault | null> => {
    const answer = await request('DELETE', '/v1/sessions/current');
    if (!answer?.isOk && answer?.status !== 401) return faultOf(answer, {});
    leaveToSignIn();
    return null;
  };
  return (
    <>
      <p>{text('confirmNone')}</p>
      <Act label={text('signInAgain')} act={signOut} />
    </>
  );
}
