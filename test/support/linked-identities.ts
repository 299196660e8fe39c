import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { newId } from '../../src/common/ids.js';
import { LinkedIdentitiesRepository } from '../../src/social/linked-identities.repository.js';
import type { TestGatehouse } from './gatehouse.js';

/** Links an account elsewhere, as if its owner had shown that it is his. */
export async function linkIdentity(
  server: TestGatehouse,
  userId: string,
  { provider, label }: { provider: string; label: string },
): Promise<void> {
  const id = newId();
  const link = { id, issuer: provider, subject: id, label, userId, provider, createdAt: server.clock.now() };
  await server
    .get(UnitOfWork)
    .run((tx) => server.get<LinkedIdentitiesRepository>(LinkedIdentitiesRepository).insert(tx, link));
}
