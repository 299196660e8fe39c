import { DeclareClients } from '../../src/accounts/declare-clients.service.js';
import type { DeclaredClient } from '../../src/accounts/declared-client.js';
import { DeclareUsers } from '../../src/accounts/declare-users.service.js';
import type { TestGatehouse } from './gatehouse.js';

/** What a client of a test is, unless it says otherwise. */
export const CITY_APP: DeclaredClient = {
  kind: 'OAuthClient',
  name: 'city-app',
  secrets: ['city-app-secret-0123456789'],
  grants: ['password'],
  scopes: ['profile', 'performer', 'venue'],
  disabled: false,
};

/** Puts a client there, or changes it, as a manifest would. */
export async function declareClient(
  server: TestGatehouse,
  fields: Partial<DeclaredClient> = {},
): Promise<DeclaredClient> {
  const client = { ...CITY_APP, ...fields };
  const prepared = await server.get(DeclareClients).prepare([client]);
  await server.get(DeclareUsers).declare([], prepared);
  return client;
}
