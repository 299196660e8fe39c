import type { PageVisitor } from './page-visitor.js';

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 800 };

const LOOKS = [
  ['phone-light', PHONE, 'light'],
  ['phone-dark', PHONE, 'dark'],
  ['desktop-light', DESKTOP, 'light'],
  ['desktop-dark', DESKTOP, 'dark'],
] as const;

/** Fails when the page shuts anybody out, or is wider than its window, in any look; pictures of it are kept under `name`. */
export async function expectNoBarrier(visitor: PageVisitor, name: string): Promise<void> {
  const found: unknown[] = [];
  for (const [look, viewport, colorScheme] of LOOKS) {
    await visitor.page.setViewportSize(viewport);
    await visitor.page.emulateMedia({ colorScheme });
    const barriers = await visitor.barriers(`${name}-${look}`);
    const overflow = await visitor.page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    found.push({ look, barriers, overflow });
  }
  expect(found).toEqual(LOOKS.map(([look]) => ({ look, barriers: [], overflow: 0 })));
}
