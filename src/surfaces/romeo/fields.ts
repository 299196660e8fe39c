import { isFormBody } from '../../http/form-body.js';
import type { FieldFault } from '../../accounts/field-faults.js';
import { UploadedFile } from '../../http/multipart/read-multipart.js';

/** The fields of a body of 002, JSON, form or multipart alike, with the faults of those that cannot be read. */
export class Fields {
  readonly unreadable: FieldFault[] = [];
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly isForm: boolean;

  constructor(body: unknown) {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    this.values = isObject ? (body as Record<string, unknown>) : {};
    this.isForm = isFormBody(this.values);
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
    if (value === true || (this.isForm && value === 'true')) return true;
    const isAbsent = value === undefined || value === null;
    const isFalse = isAbsent || value === false || (this.isForm && value === 'false');
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
