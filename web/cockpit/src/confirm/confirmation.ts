/** Somebody is asked to show again who he is; `settle` takes whether he did. */
export interface Confirmation {
  settle(isDone: boolean): void;
}

type Listener = (asked: Confirmation | null) => void;

let listener: Listener | null = null;
let pending: Promise<boolean> | null = null;

/** Hands every wish for a confirmation to the dialog of the page; one at a time. */
export function onConfirmation(next: Listener): () => void {
  listener = next;
  return () => (listener = null);
}

/** True when he has shown it. All that ask while the dialog stands share its end. */
export function confirmAgain(): Promise<boolean> {
  pending ??= new Promise<boolean>((resolve) => {
    if (!listener) return resolve(false);
    listener({
      settle: (isDone) => {
        pending = null;
        listener?.(null);
        resolve(isDone);
      },
    });
  });
  return pending;
}
