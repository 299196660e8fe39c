import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Fault } from '../api/fault.js';
import { text } from '../texts/texts.js';
import { Notice } from './notice.js';
import { useSubmission } from './submission.js';

interface Properties {
  readonly label: string;
  /** What it is done to, for who hears the button alone. */
  readonly to?: string;
  /** What is asked first, of what cannot be undone. */
  readonly question?: string;
  readonly act: () => Promise<Fault | null>;
}

/** A button that does one thing, and tells how that goes; after a question where there is one. */
export function Act({ label, to, question, act }: Properties): VNode {
  const submission = useSubmission();
  const isAsking = useSignal(false);
  const wasAsking = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isAsking.value) yes.current?.focus();
    else if (wasAsking.current) button.current?.focus();
    wasAsking.current = isAsking.value;
  }, [isAsking.value]);
  const run = (): void => void submission.run(act).then(() => (isAsking.value = false));
  const name = (
    <>
      {label}
      {to && <span class="visually-hidden"> {to}</span>}
    </>
  );
  return (
    <div class="act">
      {isAsking.value && question ? (
        <div
          class="question"
          role="group"
          aria-label={question}
          onKeyDown={({ key }) => key === 'Escape' && (isAsking.value = false)}
        >
          <p>{question}</p>
          <button ref={yes} type="button" class="small" aria-disabled={submission.isSending} onClick={run}>
            {name}
          </button>
          <button type="button" class="small quiet" onClick={() => (isAsking.value = false)}>
            {text('leaveIt')}
          </button>
        </div>
      ) : (
        <button
          ref={button}
          type="button"
          class="small"
          aria-disabled={submission.isSending}
          onClick={question ? () => (isAsking.value = true) : run}
        >
          {name}
        </button>
      )}
      <Notice submission={submission} />
    </div>
  );
}
