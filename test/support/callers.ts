import type { Level } from '../../src/common/levels.js';
import { logIn } from '../surfaces/gemini/requests.js';
import { bearer } from './api.js';
import { keyHeader, makeKey, makeSignedIn } from './api-keys.js';
import type { TestGatehouse } from './gatehouse.js';
import { declareClient } from './oauth-clients.js';

type Headers = Record<string, string>;

/** Everybody who may knock at the administration, by the headers that he sends. */
export interface Callers {
  readonly anonymous: Headers;
  /** A customer, who is nothing more whatever he does. */
  readonly customer: Headers;
  readonly member: Headers;
  readonly manager: Headers;
  readonly admin: Headers;
  readonly superuser: Headers;
  /** A permanent key of an admin. */
  readonly key: Headers;
  /** An application's token of a superuser, with the scope `admin`. */
  readonly application: Headers;
}

/** Makes administrators of every level, their key and their application. */
export async function makeCallers(server: TestGatehouse): Promise<Callers> {
  await declareClient(server);
  const make = (level: Level) =>
    makeSignedIn(server, { email: `${level}@callers.example`, type: 'admin', level });
  const [member, manager, admin, superuser] = [
    await make('member'),
    await make('manager'),
    await make('admin'),
    await make('superuser'),
  ];
  const customer = await makeSignedIn(server, { email: 'customer@callers.example' });
  const { secret } = await makeKey(server, admin);
  const { token } = await logIn(server, superuser.email);
  return {
    anonymous: {},
    customer: bearer(customer.token),
    member: bearer(member.token),
    manager: bearer(manager.token),
    admin: bearer(admin.token),
    superuser: bearer(superuser.token),
    key: keyHeader(secret),
    application: bearer(token),
  };
}

/** What each of them is answered, as his status. */
export async function statuses(
  callers: Callers,
  ask: (headers: Headers) => Promise<{ status: number }>,
): Promise<Record<keyof Callers, number>> {
  const answers: [string, number][] = [];
  for (const [name, headers] of Object.entries(callers)) {
    answers.push([name, (await ask(headers as Headers)).status]);
  }
  return Object.fromEntries(answers) as Record<keyof Callers, number>;
}
