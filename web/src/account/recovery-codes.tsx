import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../texts/texts.js';
import { Copy } from './copy.js';
import { useFileAddress } from './file-address.js';

interface Properties {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** Recovery codes, this once, until their owner says that he has kept them. */
export function RecoveryCodes({ codes, onKept }: Properties): VNode {
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  const lines = codes.join('\n');
  const file = useFileAddress(
    `${text('codesFileTitle', { host: location.host })}\n\n${lines}\n`,
    'text/plain',
  );
  return (
    <section>
      <h2 ref={title} tabIndex={-1}>
        {text('codesTitle')}
      </h2>
      <p>{text('codesText')}</p>
      <ol class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Copy words={lines} />
      {file && (
        <p>
          <a href={file} download={`${text('codesFile')}.txt`}>
            {text('codesDownload')}
          </a>
        </p>
      )}
      <button type="button" onClick={onKept}>
        {text('codesKeptButton')}
      </button>
    </section>
  );
}
