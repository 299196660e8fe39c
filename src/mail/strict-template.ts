/** Text with placeholders that somebody outside wrote: every brace in it belongs to a known placeholder. */
export class StrictTemplate<Name extends string> {
  /** Literals at even places, names at odd ones. */
  private constructor(private readonly pieces: readonly string[]) {}

  /** Reads `{name}` for each of `names`; null when any other brace stands in `text`. */
  static parse<Name extends string>(text: string, names: readonly Name[]): StrictTemplate<Name> | null {
    // In one go: taking out one placeholder after the other could make a new one of what is left.
    const pieces = text.split(new RegExp(`\\{(${names.join('|')})\\}`));
    const isClean = pieces.every((piece, index) => index % 2 === 1 || !/[{}]/.test(piece));
    return isClean ? new StrictTemplate<Name>(pieces) : null;
  }

  has(name: Name): boolean {
    return this.pieces.some((piece, index) => index % 2 === 1 && piece === name);
  }

  /** Puts each value into its places; a value that looks like a placeholder or like `$&` stays what it is. */
  fill(values: Readonly<Record<Name, string>>): string {
    return this.pieces.map((piece, index) => (index % 2 === 1 ? values[piece as Name] : piece)).join('');
  }
}
