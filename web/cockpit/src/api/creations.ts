/**
 * The keys under which records are made: what is sent once more, because no answer came, has the same
 * key, so that it is not made twice (`Idempotency-Key`).
 */
export class Creations {
  private last: { readonly what: string; readonly key: string } | null = null;

  keyOf(path: string, body: unknown): string {
    const what = `${path} ${JSON.stringify(body)}`;
    if (this.last?.what !== what) this.last = { what, key: randomKey() };
    return this.last.key;
  }

  /** What was made may be made once more from now on. */
  forget(): void {
    this.last = null;
  }
}

/** 128 random bits; `crypto.randomUUID` is not there without HTTPS. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
