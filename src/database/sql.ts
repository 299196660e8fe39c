import type { Dialect } from './dialect.js';

/** A value that both drivers bind alike. Instants are numbers of milliseconds. */
export type SqlValue = string | number | boolean | null;

/** A statement with its values kept apart from its text, written for neither database in particular. */
export class Sql {
  constructor(
    private readonly texts: readonly string[],
    private readonly values: readonly SqlValue[],
  ) {}

  /** The text and parameters in the placeholder style of `dialect` (`?` or `$1`). */
  compile(dialect: Dialect): { text: string; parameters: SqlValue[] } {
    let text = this.texts[0] ?? '';
    for (let index = 0; index < this.values.length; index++) {
      text += (dialect === 'sqlite' ? '?' : `$${index + 1}`) + (this.texts[index + 1] ?? '');
    }
    return { text, parameters: [...this.values] };
  }

  /** This statement's pieces, for embedding into another. */
  pieces(): { texts: readonly string[]; values: readonly SqlValue[] } {
    return { texts: this.texts, values: this.values };
  }
}

/**
 * Writes a statement: every `${value}` becomes a bound parameter, an embedded `Sql` is spliced in.
 * Nothing that is interpolated can become text of the statement.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  const texts = [strings[0] ?? ''];
  const values: SqlValue[] = [];
  const append = (text: string) => texts.push((texts.pop() ?? '') + text);
  parts.forEach((part, index) => {
    if (part instanceof Sql) {
      const inner = part.pieces();
      append(inner.texts[0] ?? '');
      inner.values.forEach((value, at) => {
        values.push(value);
        texts.push(inner.texts[at + 1] ?? '');
      });
    } else {
      values.push(part);
      texts.push('');
    }
    append(strings[index + 1] ?? '');
  });
  return new Sql(texts, values);
}

/** Joins statements with `, ` for an IN list or a VALUES list. */
export function join(parts: readonly (SqlValue | Sql)[]): Sql {
  return parts.reduce<Sql>(
    (all, part, index) => (index === 0 ? sql`${part}` : sql`${all}, ${part}`),
    new Sql([''], []),
  );
}
