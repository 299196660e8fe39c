import { tracesOf } from './database-dump.js';

/** Short values would be found by chance. */
const SHORTEST = 8;

/** What a test has chosen or was given and must stand nowhere. */
export class KnownSecrets {
  private readonly values = new Map<string, string>();

  /** Notes a secret, and gives it back. */
  note(what: string, value: unknown): string {
    if (typeof value !== 'string' || value.length < SHORTEST) throw new Error(`${what} is no secret`);
    this.values.set(value, what);
    return value;
  }

  /** Notes a JWT and, on its own, what makes it one. */
  noteJwt(what: string, value: unknown): string {
    const jwt = this.note(what, value);
    this.note(`signature of ${what}`, jwt.split('.')[2]);
    return jwt;
  }

  /** Which of them stand in a text, and in which encodings. */
  tracesIn(text: string): string[] {
    return [...this.values].flatMap(([value, what]) => tracesOf(value, text).map((way) => `${what}: ${way}`));
  }
}
