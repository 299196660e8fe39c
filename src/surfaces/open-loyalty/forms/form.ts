import { InvalidFields, type FieldFault } from '../../../accounts/field-faults.js';
import { FormRefused, type FormTree } from './form-refused.js';
import { MESSAGES, passwordMessages, type Messages } from './messages.js';
import { memberOf, UNREADABLE, type Reader } from './readers.js';

type Fields = Readonly<Record<string, Reader<unknown>>>;

/** What a form holds: each field as its reader tells it. */
export type ValuesOf<F extends Fields> = {
  readonly [Name in keyof F]: Exclude<ReturnType<F[Name]>, typeof UNREADABLE>;
};

interface Options {
  /** Fields that stand in the tree only when they are at fault. */
  readonly hidden?: readonly string[];
  /** Sentences that this form has of its own, by `field:code`. */
  readonly messages?: Readonly<Record<string, string>>;
  /** Names of the core for fields that the form calls otherwise. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/**
 * One form of 003: `name[field]` in a form-encoded body, `{name: {field}}` in JSON. A form without a
 * name takes its fields from the body itself and lets others be.
 */
export class Form<F extends Fields> {
  constructor(
    private readonly name: string | null,
    readonly fields: F,
    private readonly options: Options = {},
  ) {}

  /**
   * Reads the form and hands it to `work`, with the faults of what could not be read.
   * @throws FormRefused with the tree of every fault when `work` refuses fields
   */
  async submit<R>(
    body: unknown,
    work: (values: ValuesOf<F>, unreadable: readonly FieldFault[]) => Promise<R>,
  ): Promise<R> {
    const { values, unreadable } = this.read(body);
    try {
      return await work(values, unreadable);
    } catch (error) {
      if (!(error instanceof InvalidFields)) throw error;
      throw new FormRefused(this.treeOf(error.faults), { cause: error });
    }
  }

  private read(body: unknown): { values: ValuesOf<F>; unreadable: FieldFault[] } {
    const content = this.contentOf(body);
    const given = content ?? {};
    const unreadable: FieldFault[] = content === null ? [{ field: '', code: 'invalid' }] : [];
    const values: Record<string, unknown> = {};
    for (const [field, read] of Object.entries(this.fields)) {
      const value = read(Object.hasOwn(given, field) ? given[field] : undefined);
      if (value === UNREADABLE) unreadable.push({ field: this.coreName(field), code: 'invalid' });
      values[field] = value === UNREADABLE ? read(undefined) : value;
    }
    const hasMore = Object.keys(given).some((field) => !Object.hasOwn(this.fields, field));
    if (hasMore && this.name !== null) unreadable.push({ field: '', code: 'unknown-field' });
    return { values: values as ValuesOf<F>, unreadable };
  }

  /** Null for something that is no form at all. */
  private contentOf(body: unknown): Record<string, unknown> | null {
    const content = this.name === null ? body : memberOf(body, this.name);
    if (content === undefined || content === null || content === '') return {};
    return typeof content === 'object' && !Array.isArray(content)
      ? (content as Record<string, unknown>)
      : null;
  }

  private treeOf(faults: readonly FieldFault[]): FormTree {
    const byField = new Map<string, string[]>();
    for (const fault of faults) {
      const field = this.formName(fault.field);
      byField.set(field, [...(byField.get(field) ?? []), ...this.sentencesOf(fault)]);
    }
    const shown = Object.keys(this.fields).filter(
      (field) => byField.has(field) || !this.options.hidden?.includes(field),
    );
    const children = Object.fromEntries(
      shown.map((field) => {
        const errors = byField.get(field);
        return [field, errors ? { errors } : {}];
      }),
    );
    return { form: { children }, errors: byField.get('') ?? [] };
  }

  private sentencesOf(fault: FieldFault): readonly string[] {
    if (fault.code === 'password') return passwordMessages(fault.violations);
    const own = this.options.messages?.[`${this.formName(fault.field)}:${fault.code}`];
    return [own ?? (MESSAGES satisfies Messages)[fault.code]];
  }

  private coreName(field: string): string {
    return this.options.aliases?.[field] ?? field;
  }

  private formName(field: string): string {
    const alias = Object.entries(this.options.aliases ?? {}).find(([, core]) => core === field);
    return alias?.[0] ?? field;
  }
}
