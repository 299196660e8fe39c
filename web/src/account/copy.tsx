import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { text } from '../texts/texts.js';

interface Properties {
  readonly words: string;
  readonly shown?: ComponentChildren;
}

/** A button that copies words, where the browser lets a page do so. */
export function Copy({ words, shown }: Properties): VNode {
  const outcome = useSignal<'copied' | 'notCopied' | null>(null);
  const copy = (): void => {
    outcome.value = null;
    void navigator.clipboard.writeText(words).then(
      () => (outcome.value = 'copied'),
      () => (outcome.value = 'notCopied'),
    );
  };
  return (
    <div class="act">
      {shown}
      {isSecureContext && (
        <button type="button" class="small" onClick={copy}>
          {text('copy')}
        </button>
      )}
      <p class="notice" role="status" data-kind={outcome.value === 'notCopied' ? 'fault' : 'done'}>
        {outcome.value && text(outcome.value)}
      </p>
    </div>
  );
}
