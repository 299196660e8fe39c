import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What was done last on a page. */
export interface News {
  readonly last: { readonly words: string } | null;
  readonly tell: (words: string) => void;
}

export function useNews(): News {
  const last = useSignal<News['last']>(null);
  return { last: last.value, tell: (words) => (last.value = { words }) };
}

/**
 * Tells what was done, in words that are seen and read out. They get the focus where the button that was
 * pressed is gone with what it was for.
 */
export function NewsLine({ news: { last } }: { readonly news: News }): VNode {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (last === null) return;
    if (document.activeElement === document.body) line.current?.focus();
    line.current?.scrollIntoView({ block: 'nearest' });
  }, [last]);
  return (
    <p ref={line} class="notice" role="status" tabIndex={-1} data-kind="done">
      {last?.words}
    </p>
  );
}
