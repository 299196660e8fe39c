import { signal } from '@preact/signals';

/** Ends the question who somebody is: whether he has shown it. */
export type EndOfQuestion = (isConfirmed: boolean) => void;

/** Set while somebody is asked to show once more who he is. */
export const question = signal<EndOfQuestion | null>(null);

let waiting: Promise<boolean> | null = null;

/** Asks, once for all who want to know meanwhile; true when the session is a fresh one now. */
export function askWhoItIs(): Promise<boolean> {
  waiting ??= new Promise((resolve) => {
    question.value = (isConfirmed) => {
      question.value = null;
      waiting = null;
      resolve(isConfirmed);
    };
  });
  return waiting;
}
