import { createContext, Script, type Context } from 'node:vm';

const LONGEST_TEST = 50;
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

  /** True when the whole of `text` matches within 50 ms. */
  test(text: string): boolean {
    this.sandbox.text = text;
    try {
      return TEST.runInContext(this.context, { timeout: LONGEST_TEST }) === true;
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
      throw error;
    }
  }
}
