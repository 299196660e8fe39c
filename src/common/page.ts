/** One page of a list; `nextCursor` leads to the next one and is null at the end, whatever `items` holds. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** The page of `limit` items at the head of what was found, one more of which tells that it goes on. */
export function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** The same page with each item as `view` shows it, for an answer. */
export function viewPage<Item, View>(
  { items, nextCursor }: Page<Item>,
  view: (item: Item) => View,
): { items: View[]; nextCursor: string | null } {
  return { items: items.map(view), nextCursor };
}

/**
 * How many rows a page looks at where what is asked for stands in no index by itself. It may then hold
 * fewer items than asked for, or none, and still go on: no request reads a list to its end.
 */
export const LOOK = 2_000;
