import { CockpitStage, goTo } from '../support/cockpit.js';
import { findPerson, makePerson } from '../support/declared-people.js';
import type { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

const PAGES = [
  'users',
  'users/create',
  'roles',
  'roles/create',
  'api-keys',
  'api-keys/create',
  'clients',
  'clients/create',
  'outbox',
  'audit',
  'password-policy',
];

const LOOKS = {
  'light desktop': {},
  'dark desktop': { colorScheme: 'dark' },
  'light phone': { viewport: { width: 360, height: 740 } },
  'dark phone': { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
} as const;

describeOnce('the pages of the cockpit, in a browser', () => {
  let stage: CockpitStage;

  beforeAll(async () => {
    stage = await CockpitStage.open();
    await makePerson(stage.server, { email: 'carol@example.com', firstName: 'Carol' });
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  /** How much wider the page is than its window. */
  const excess = (ada: PageVisitor) =>
    ada.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

  it.each(Object.entries(LOOKS))(
    'have no barrier and fit: %s',
    async (look, window) => {
      const ada = await stage.enter({ email: 'superuser@example.com' }, 'users', window);
      const { uid } = await findPerson(stage.server, 'carol@example.com');
      const user = [`users/${uid}/show`, `users/${uid}/show/sessions`, `users/${uid}/show/keys`];
      const faults: unknown[] = [];
      for (const page of [...PAGES, `users/${uid}`, ...user, `users/${uid}/show/events`]) {
        await goTo(ada, page);
        const name = `cockpit-${page.replace(uid, 'carol').replaceAll('/', '-')}-${look.replace(' ', '-')}`;
        const barriers = await ada.barriers(name);
        if (barriers.length > 0 || (await excess(ada)) > 0) {
          faults.push({ page, barriers, excess: await excess(ada) });
        }
      }
      expect(faults).toEqual([]);
    },
    300_000,
  );
});
