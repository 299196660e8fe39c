import type { FieldFault } from '../../accounts/field-faults.js';
import { UploadedFile } from '../../http/multipart/read-multipart.js';

/** The fields of a body of 002, JSON, form or multipart alike, with the faults of those that cannot be read. */
export class Fields {
  readonly unreadable: FieldFault[] = [];
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(body: unknown) {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    this.values = isObject ? (body as Record<string, unknown>) : {};
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  /** Text exactly as it was typed; null where it is left out, empty, or no text, which is a fault. */
  text(name: string): string | null {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    if (value === undefined || value === null || value === '') return null;
    if (typeof value === 'string') return value;
    this.unreadable.push({ field: name, code: 'invalid' });
    return null;
  }

  /** `true` or `false`, in a form as text; anything else is a fault (contract 4.3). */
  flag(name: string): boolean {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    if (value === true || value === 'true') return true;
    const isFalse = value === undefined || value === null || value === false || value === 'false';
    if (!isFalse) this.unreadable.push({ field: name, code: 'invalid' });
    return false;
  }

  /** What was sent as a file; null for JSON's null, undefined where it is left out. Anything else is a fault. */
  image(name: string): Buffer | null | undefined {
    if (!this.has(name)) return undefined;
    const value = this.values[name];
    if (value === null) return null;
    if (value instanceof UploadedFile) return value.bytes;
    this.unreadable.push({ field: name, code: 'image' });
    return undefined;
  }
}
