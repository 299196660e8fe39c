import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Properties {
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** False until there was a page: the browser itself reads out the first one. */
let hasShown = false;

/** A page under its title. A title that replaces another one is read out, for it gets the focus. */
export function Page({ title, children }: Properties): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = title;
    if (hasShown) heading.current?.focus();
    hasShown = true;
  }, [title]);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </>
  );
}
