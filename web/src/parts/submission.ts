import { useSignal } from '@preact/signals';
import type { Fault } from '../api/fault.js';

/** What a form knows of its sending. */
export interface Submission {
  readonly isSending: boolean;
  readonly fault: Fault | null;
  /** True after a sending that was no failure, until the next one. */
  readonly isDone: boolean;
  /** True once an answer was lost: what was sent may have been done. */
  readonly hasLostAnAnswer: boolean;
  /** Runs one sending at a time: what comes while one is under way is dropped. */
  readonly run: (send: () => Promise<Fault | null>) => Promise<void>;
}

/** The sending of one form. Nothing that was typed is touched by it. */
export function useSubmission(initial: Fault | null = null): Submission {
  const isSending = useSignal(false);
  const fault = useSignal<Fault | null>(initial);
  const isDone = useSignal(false);
  const hasLostAnAnswer = useSignal(false);
  return {
    isSending: isSending.value,
    fault: fault.value,
    isDone: isDone.value,
    hasLostAnAnswer: hasLostAnAnswer.value,
    run: async (send) => {
      if (isSending.peek()) return;
      isSending.value = true;
      isDone.value = false;
      fault.value = null;
      fault.value = await send();
      isDone.value = fault.value === null;
      hasLostAnAnswer.value ||= fault.value?.isUnsure === true;
      isSending.value = false;
    },
  };
}
