import type { PageVisitor, Window } from './page-visitor.js';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

/** The windows in which every page is looked at. */
export const WINDOWS: [string, Window][] = [
  ['phone-light', { viewport: PHONE, colorScheme: 'light' }],
  ['phone-dark', { viewport: PHONE, colorScheme: 'dark' }],
  ['desktop-light', { viewport: DESKTOP, colorScheme: 'light' }],
  ['desktop-dark', { viewport: DESKTOP, colorScheme: 'dark' }],
];

/** Fails when the page shuts anybody out, or is wider than its window; a picture of it is kept under `name`. */
export async function expectNoBarrier(visitor: PageVisitor, name: string): Promise<void> {
  expect(await visitor.barriers(name)).toEqual([]);
  const overflow = await visitor.page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow).toBe(0);
  expect(visitor.complaints).toEqual([]);
}
