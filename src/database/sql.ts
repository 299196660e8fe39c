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
  const pieces = new Pieces(strings[0] ?? '');
  parts.forEach((part, index) => pieces.add(part).addText(strings[index + 1] ?? ''));
  return pieces.joined();
}

/** Joins statements with `, ` for an IN list or a VALUES list. */
export function join(parts: readonly (SqlValue | Sql)[]): Sql {
  const pieces = new Pieces('');
  parts.forEach((part, index) => pieces.addText(index === 0 ? '' : ', ').add(part));
  return pieces.joined();
}

/** A statement that is being put together; each piece costs its own length, however long it has become. */
class Pieces {
  private readonly texts: string[] = [];
  private readonly values: SqlValue[] = [];

  constructor(private last: string) {}

  addText(text: string): this {
    this.last += text;
    return this;
  }

  add(part: SqlValue | Sql): this {
    if (!(part instanceof Sql)) return this.addValue(part);
    const { texts, values } = part.pieces();
    this.addText(texts[0] ?? '');
    values.forEach((value, at) => this.addValue(value).addText(texts[at + 1] ?? ''));
    return this;
  }

  joined(): Sql {
    return new Sql([...this.texts, this.last], this.values);
  }

  private addValue(value: SqlValue): this {
    this.values.push(value);
    this.texts.push(this.last);
    this.last = '';
    return this;
  }
}
