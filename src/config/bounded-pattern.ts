import { createContext, Script, type Context } from 'node:vm';

const EVERYTHING = '.*';
/** Milliseconds that pass, not that are worked: on a busy machine the first is over before the match has begun. */
const PATIENCE = [50, 250];
const TEST = new Script('pattern.test(text)');

/** A regular expression that an operator wrote; one that backtracks without end is cut and matches nothing. */
export class BoundedPattern {
  private readonly sandbox: { pattern: RegExp; text: string };
  private readonly context: Context;

  /** @param source matched against the whole text. */
  constructor(readonly source: string) {
    this.sandbox = { pattern: new RegExp(`^(?:${source})$`, 'u'), text: '' };
    this.context = createContext(this.sandbox);
  }

  /** True when the whole of `text` matches within 250 ms. */
  test(text: string): boolean {
    // The default needs no guard, which costs more than the match.
    if (this.source === EVERYTHING) return this.sandbox.pattern.test(text);
    this.sandbox.text = text;
    for (const timeout of PATIENCE) {
      const isMatch = this.attempt(timeout);
      if (isMatch !== null) return isMatch;
    }
    return false;
  }

  /** Null when the time was over first. */
  private attempt(timeout: number): boolean | null {
    try {
      return TEST.runInContext(this.context, { timeout }) === true;
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
      throw error;
    }
  }

  toString(): string {
    return this.source;
  }
}
