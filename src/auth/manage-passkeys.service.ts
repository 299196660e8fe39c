import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { CreatedCredential, Passkey } from '../factors/passkey.js';
import { PasskeyEnrolment, type AddedPasskey } from '../factors/passkey-enrolment.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { FurtherWaysIn } from '../users/further-ways-in.service.js';

/** A signed-in user's own passkeys. His sessions go on whatever he does with them, and he is told by mail of each that comes or goes. */
@Injectable()
export class ManagePasskeys {
  constructor(
    private readonly enrolment: PasskeyEnrolment,
    private readonly sessions: Sessions,
    private readonly waysIn: FurtherWaysIn,
    private readonly audit: Audit,
    private readonly reader: Reader,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(caller: UserPrincipal): Promise<Passkey[]> {
    return this.enrolment.list(this.reader, caller.userId);
  }

  /** What the caller's browser makes a passkey with; nothing counts yet. @throws TooManyPasskeys */
  offer(caller: UserPrincipal): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { id, email, username, firstName, lastName } = caller.user;
    const name = email ?? username ?? id;
    const owner = { id, name, displayName: `${firstName} ${lastName}`.trim() || name };
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      return this.enrolment.offer(tx, caller.grantId, owner);
    });
  }

  /**
   * From now on the passkey signs the caller in, and every sign-in of his asks for a second factor.
   * Answers recovery codes, once, where he had none.
   * @throws PasskeyRefused, PasskeyExists, TooManyPasskeys
   */
  async add(
    actor: Actor,
    caller: UserPrincipal,
    name: string,
    created: CreatedCredential,
  ): Promise<AddedPasskey> {
    const credential = await this.enrolment.look(caller.grantId, created);
    const { userId } = caller;
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const added = await this.enrolment.add(tx, userId, name, credential);
      await this.audit.record(tx, actor, {
        kind: 'factor.added',
        userId,
        objectId: objectOf(added.passkey.id),
      });
      await this.notices.tell(tx, actor, userId, { what: 'factor-added' });
      return added;
    });
  }

  /** @throws PasskeyNotFound */
  rename(actor: Actor, caller: UserPrincipal, id: string, name: string): Promise<Passkey> {
    const { userId } = caller;
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      const passkey = await this.enrolment.rename(tx, userId, id, name);
      await this.audit.record(tx, actor, { kind: 'factor.renamed', userId, objectId: objectOf(id) });
      return passkey;
    });
  }

  /** From the next sign-in on the passkey counts for nothing. @throws PasskeyNotFound, LastWayIn */
  async remove(actor: Actor, caller: UserPrincipal, id: string): Promise<void> {
    const { userId } = caller;
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.enrolment.remove(tx, userId, id);
      await this.waysIn.assertLeft(tx, userId);
      await this.audit.record(tx, actor, { kind: 'factor.removed', userId, objectId: objectOf(id) });
      await this.notices.tell(tx, actor, userId, { what: 'factor-removed' });
    });
  }
}

/** How the audit trail names a passkey. */
const objectOf = (id: string) => `passkey:${id}`;
