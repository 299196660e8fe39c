import { CockpitStage, goTo } from '../support/cockpit.js';
import { findPerson, makePerson } from '../support/declared-people.js';
import type { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

/** What a button of that name asks of the native API; the others only move about in the page. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Create: 'POST',
  Edit: 'PATCH',
  Save: 'PATCH',
  Delete: 'DELETE',
  Disable: 'POST /v1/users/:id/disable',
  Enable: 'POST /v1/users/:id/enable',
  Erase: 'DELETE /v1/users/:id',
  'Download data': 'GET /v1/users/:id/export',
  'Send password link': 'POST /v1/users/:id/reset-password',
  'Send sign-in link': 'POST /v1/users/:id/sign-in-link',
  'Remove second factors': 'DELETE /v1/users/:id/factors',
  End: 'DELETE /v1/users/:id/sessions/:sessionId',
  'End all sessions': 'DELETE /v1/users/:id/sessions',
  'Give a token': 'POST /v1/api-keys',
  Rotate: 'POST /v1/api-keys/:id/rotate',
  Revoke: 'DELETE /v1/api-keys/:id',
  'Try again': 'POST /v1/outbox/:id/retry',
  'Back to the configuration': 'DELETE /v1/password-policy',
  'Add a second secret': 'POST /v1/clients/:id/secrets',
  'Take away': 'DELETE /v1/clients/:id/secrets/:secretId',
};

/** Buttons that act upon the user whose page it is: nobody acts on his equals. */
const UPON_USERS = Object.keys(OPERATIONS).filter((name) => OPERATIONS[name]!.includes('/v1/users/:id'));

const LISTS = ['users', 'roles', 'api-keys', 'clients', 'outbox', 'audit', 'password-policy'];
const COLLECTIONS: Readonly<Record<string, string>> = { 'password-policy': '/v1/password-policy' };

describeOnce('who sees which button in the cockpit, in a browser', () => {
  let stage: CockpitStage;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    stage = await CockpitStage.open();
    await makePerson(stage.server, { email: 'carol@example.com' });
    await makePerson(stage.server, { email: 'peer-admin@example.com', type: 'admin', level: 'admin' });
    for (const name of ['carol', 'manager', 'peer-admin', 'superuser']) {
      ids[name] = (await findPerson(stage.server, `${name}@example.com`)).uid;
    }
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  const buttonsAt = async (ada: PageVisitor, place: string): Promise<string[]> => {
    await goTo(ada, place);
    const names = await ada.page.evaluate<string[]>(
      `[...document.querySelectorAll('main button, main a[role=button], main a.MuiButton-root')]
        .filter((one) => one.checkVisibility())
        .map((one) => one.getAttribute('aria-label') ?? one.textContent.trim())`,
    );
    return [...new Set(names)];
  };

  const operationsOf = async (ada: PageVisitor): Promise<string[]> =>
    ada.page.evaluate<string[]>(
      'fetch("/v1/me/rights").then((answer) => answer.json()).then(({ operations }) => operations)',
    );

  const operationBehind = (button: string, resource: string): string | null => {
    const operation = OPERATIONS[button];
    if (operation === undefined || operation.includes(' ')) return operation ?? null;
    const path = COLLECTIONS[resource] ?? `/v1/${resource}`;
    return `${operation} ${path}${operation === 'POST' || resource in COLLECTIONS ? '' : '/:id'}`;
  };

  it.each(['manager', 'admin'])(
    'a %s sees none that would be refused',
    async (level) => {
      const ada = await stage.enter({ email: `${level}@example.com` });
      const operations = await operationsOf(ada);
      const refused: string[] = [];
      const people = Object.values(ids).flatMap((id) => [
        `users/${id}/show`,
        `users/${id}/show/sessions`,
        `users/${id}/show/keys`,
        `users/${id}/show/events`,
      ]);
      let seen = 0;
      for (const place of [...LISTS, ...people]) {
        const resource = place.split('/')[0] ?? '';
        for (const button of await buttonsAt(ada, place)) {
          const operation = operationBehind(button, resource);
          if (operation === null) continue;
          seen += 1;
          if (!operations.includes(operation)) refused.push(`${place}: ${button}`);
        }
      }
      expect(refused).toEqual([]);
      // A manager may have tokens of his own, and look at the rest.
      expect(seen).toBeGreaterThan(level === 'admin' ? 10 : 0);
    },
    300_000,
  );

  it('an admin sees none upon his equals and those above, and all upon those below', async () => {
    const ada = await stage.enter({ email: 'admin@example.com' });
    const uponThem = async (name: string) =>
      (await buttonsAt(ada, `users/${ids[name]}/show`)).filter(
        (button) => UPON_USERS.includes(button) || button === 'Edit',
      );
    expect(await uponThem('peer-admin')).toEqual([]);
    expect(await uponThem('superuser')).toEqual([]);
    expect((await uponThem('carol')).sort()).toEqual(
      [
        'Edit',
        'Disable',
        'Erase',
        'Download data',
        'Send password link',
        'Send sign-in link',
        'Remove second factors',
      ].sort(),
    );
    expect((await uponThem('manager')).length).toBe(7);
  }, 120_000);

  it('a manager has no way to what he may not look at', async () => {
    const ada = await stage.enter({ email: 'manager@example.com' });
    const entries = await ada.page.getByRole('menuitem').allTextContents();
    expect(entries.map((entry) => entry.trim())).toEqual([
      'Dashboard',
      'Users',
      'Roles',
      'Permanent tokens',
      'Password policy',
    ]);
  });
});
