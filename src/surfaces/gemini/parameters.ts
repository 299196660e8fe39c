import { isFormBody } from '../../http/form-body.js';
import { InvalidParameter } from './gemini.errors.js';

/** The parameters of a request, JSON or form alike. One given twice, or of another type, is refused. */
export class Parameters {
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly isForm: boolean;

  /** In a form every name stands once (RFC 6749 3.2). @throws InvalidParameter */
  constructor(body: unknown) {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    this.values = isObject ? (body as Record<string, unknown>) : {};
    // Of JSON the reader itself refuses a member that stands twice.
    this.isForm = isFormBody(this.values);
    const twice = Object.keys(this.values).find((name) => this.isForm && Array.isArray(this.values[name]));
    if (twice !== undefined) throw new InvalidParameter(twice);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  /** @throws InvalidParameter */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === null) throw new InvalidParameter(name);
    return value;
  }

  /** Null where it is left out or empty (RFC 6749 3.1). @throws InvalidParameter */
  optionalText(name: string): string | null {
    const value = this.valueOf(name);
    if (value === undefined || value === null || value === '') return null;
    if (typeof value !== 'string') throw new InvalidParameter(name);
    return value;
  }

  /** `true` and `false`, in a form as text. @throws InvalidParameter */
  optionalFlag(name: string): boolean | null {
    const value = this.valueOf(name);
    if (value === undefined || value === null) return null;
    if (typeof value === 'boolean') return value;
    if (this.isForm && (value === 'true' || value === 'false')) return value === 'true';
    throw new InvalidParameter(name);
  }

  private valueOf(name: string): unknown {
    return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
  }
}
