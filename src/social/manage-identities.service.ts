import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { NotFound } from '../common/errors.js';
import { newId } from '../common/ids.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { FurtherWaysIn } from '../users/further-ways-in.service.js';
import type { LinkedIdentity } from './linked-identity.js';
import { LinkedIdentitiesRepository } from './linked-identities.repository.js';
import { Providers } from './providers.service.js';
import { ProofRefused } from './social.errors.js';

/** A signed-in user's own accounts elsewhere. */
@Injectable()
export class ManageIdentities {
  constructor(
    private readonly providers: Providers,
    private readonly linked: LinkedIdentitiesRepository,
    private readonly waysIn: FurtherWaysIn,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** In order of linking. */
  list(caller: UserPrincipal): Promise<LinkedIdentity[]> {
    return this.linked.findOf(this.reader, caller.userId);
  }

  /**
   * Links whom the proof speaks of to the caller: from then on it signs him in, and he is told by mail.
   * @throws ProviderUnknown, ProviderNotConfigured, ProofRefused, ProviderUnavailable; IdentityTaken
   *   when it is linked already
   */
  async link(actor: Actor, caller: UserPrincipal, name: string, token: string): Promise<LinkedIdentity> {
    const provider = this.providers.get(name);
    if (!provider.isWellFormed(token)) throw new ProofRefused();
    const { issuer, subject, label } = await provider.identify(token);
    const { userId } = caller;
    const link = { id: newId(), issuer, subject, label, userId, provider: name, createdAt: this.clock.now() };
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      if (!(await provider.spend(tx, token))) throw new ProofRefused();
      await this.linked.insert(tx, link);
      await this.audit.record(tx, actor, { kind: 'identity.linked', userId, objectId: link.id });
      await this.notices.tell(tx, actor, userId, { what: 'identity-linked', provider: name });
    });
    return link;
  }

  /**
   * From then on it signs nobody in, and the user is told by mail; his other sessions end, since it may
   * have opened them.
   * @throws NotFound, LastWayIn
   */
  async unlink(actor: Actor, caller: UserPrincipal, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const identities = await this.linked.findOf(tx, caller.userId);
      const identity = identities.find((one) => one.id === id);
      if (!identity) throw new NotFound();
      await this.linked.delete(tx, id);
      await this.waysIn.assertLeft(tx, caller.userId);
      const { userId, grantId } = caller;
      const { provider } = identity;
      await this.sessions.endAll(tx, actor, { userId, keep: grantId, reason: 'identity-unlinked' });
      await this.audit.record(tx, actor, { kind: 'identity.unlinked', userId, objectId: id });
      await this.notices.tell(tx, actor, userId, { what: 'identity-unlinked', provider });
    });
  }
}
