/** A page as the native API answers it. */
export interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

type Load<Item> = (cursor: string | null) => Promise<CursorPage<Item>>;

/**
 * Turns numbered pages into pages by cursor. The cursor of a page is known from the page before it; one
 * that was never passed is reached by walking.
 */
export class Cursors {
  private readonly known = new Map<string, (string | null)[]>();

  /** The page of that number, from 1; past the end it is empty. `list` names the list and its filters. */
  async page<Item>(list: string, number: number, load: Load<Item>): Promise<CursorPage<Item>> {
    const cursors = number === 1 ? [null] : (this.known.get(list) ?? [null]);
    this.known.set(list, cursors);
    for (;;) {
      const at = Math.min(number, cursors.length);
      const page = await load(cursors[at - 1] ?? null);
      if (page.nextCursor !== null) cursors[at] = page.nextCursor;
      if (at === number) return page;
      if (page.nextCursor === null) return { items: [], nextCursor: null };
    }
  }
}
