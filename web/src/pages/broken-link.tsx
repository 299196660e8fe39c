import type { VNode } from 'preact';
import { Links } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { text } from '../texts/texts.js';

/** Tells that the link that was opened is not whole, or was opened before in this tab. */
export function BrokenLink(): VNode {
  return (
    <Page title={text('brokenTitle')}>
      <p>{text('broken')}</p>
      <Links to={['back']} />
    </Page>
  );
}
