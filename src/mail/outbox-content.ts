import type { KeyRing } from '../secrets/key-ring.js';

/** A mail's words, as they wait in the outbox. */
export interface OutboxContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** The words, encrypted for this one row: waiting mail may hold a one-time link. */
export function sealContent(keys: KeyRing, id: string, content: OutboxContent): string {
  return keys.seal(JSON.stringify(content), placeOf(id));
}

/** @throws UnreadableSecret when the key is gone or the text is another row's. */
export function openContent(keys: KeyRing, id: string, sealed: string): OutboxContent {
  return JSON.parse(keys.open(sealed, placeOf(id))) as OutboxContent;
}

function placeOf(id: string): string {
  return `outbox:content:${id}`;
}
