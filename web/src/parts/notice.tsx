import type { VNode } from 'preact';
import { text } from '../texts/texts.js';
import type { Submission } from './submission.js';

interface Properties {
  readonly id?: string;
  readonly submission: Submission;
  /** What is said when it is done. */
  readonly done?: string;
}

/** How a sending goes, in words that are read out as they change. */
export function Notice({ id, submission: { isSending, fault, isDone }, done }: Properties): VNode {
  const kind = isSending ? 'progress' : isDone ? 'done' : 'fault';
  return (
    <p id={id} class="notice" role="status" aria-live="polite" data-kind={kind}>
      {isSending ? text('sending') : isDone ? done : fault?.words}
    </p>
  );
}
