import type { VNode } from 'preact';
import { text } from '../texts/texts.js';
import type { Submission } from './submission.js';

interface Properties {
  readonly id?: string;
  readonly submission: Submission;
}

/** How a sending goes, in words that are read out as they change. */
export function Notice({ id, submission: { isSending, fault } }: Properties): VNode {
  return (
    <p id={id} class="notice" role="status" aria-live="polite" data-kind={isSending ? 'progress' : 'fault'}>
      {isSending ? text('sending') : fault?.words}
    </p>
  );
}
