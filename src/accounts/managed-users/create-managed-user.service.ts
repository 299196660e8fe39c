import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { normaliseIdentifier } from '../../common/identifier.js';
import { Config } from '../../config/config.js';
import { Reader, type Tx } from '../../database/db.js';
import { Sessions } from '../../grants/sessions.service.js';
import type { Creation, CreationKey } from '../../idempotency/creation-key.js';
import { Idempotency } from '../../idempotency/idempotency.service.js';
import { Passwords } from '../../passwords/passwords.service.js';
import { authorityOfActor } from '../actor-authority.js';
import { CheckFields } from '../check-fields.service.js';
import { CreateUser } from '../create-user.service.js';
import { refuseFaults } from '../field-faults.js';
import { RegistrationMail } from '../registration-mail.js';
import { CheckUser } from './check-user.service.js';
import type { Place } from './place.js';
import type { UserDraft } from './user-draft.js';

/** Makes users for administrators. */
@Injectable()
export class CreateManagedUser {
  constructor(
    private readonly config: Config,
    private readonly check: CheckUser,
    private readonly fields: CheckFields,
    private readonly passwords: Passwords,
    private readonly createUser: CreateUser,
    private readonly mail: RegistrationMail,
    private readonly audit: Audit,
    private readonly sessions: Sessions,
    private readonly idempotency: Idempotency,
    private readonly reader: Reader,
  ) {}

  /**
   * Makes a user who may do no more than his maker. Without a password, the link to set one is mailed to
   * him; none is made up, mailed or told.
   * @param locale the language of his mails, where the draft names none
   * @throws InsufficientRights, ReauthenticationRequired; InvalidFields with every fault at once and
   *   nothing made; IdentifierTaken; IdempotencyKeyReused; Overloaded
   */
  async create(
    actor: Actor,
    draft: UserDraft,
    { locale, key }: { locale: string; key: CreationKey | null },
  ): Promise<Creation> {
    const earlier = await this.idempotency.find(actor, key);
    if (earlier) return earlier;
    const place = placeOf(draft);
    await this.check.assertWithin(this.reader, place, authorityOfActor(actor));
    await this.check.assertMayMake(this.reader, place, actor);
    const faults = [
      ...(await this.check.faultsOf(draft, null)),
      ...(await this.fields.password('password', draft.password ?? null, draft.email, false)),
    ];
    // What is taken now may have been taken by a request with the same key, a moment ago.
    const raced = faults.length > 0 ? await this.idempotency.find(actor, key) : null;
    if (raced) return raced;
    refuseFaults({}, faults);
    const passwordHash = draft.password ? await this.passwords.hash(draft.password, actor.signal) : null;
    return this.idempotency.once(actor, key, async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      return this.write(tx, actor, { draft, place, passwordHash, locale });
    });
  }

  private async write(
    tx: Tx,
    actor: Actor,
    made: { draft: UserDraft; place: Place; passwordHash: string | null; locale: string },
  ): Promise<string> {
    const { draft, place, passwordHash } = made;
    const { password: _, ...person } = draft;
    const email = normaliseIdentifier(draft.email);
    const userId = await this.createUser.create(tx, actor, { ...person, ...place, email, passwordHash });
    if (await this.check.givesRights(tx, place)) {
      await this.audit.record(tx, actor, { kind: 'user.rights-changed', userId });
    }
    const recipient = { userId, email, epoch: 0, locale: draft.locale ?? made.locale };
    if (passwordHash === null) {
      await this.mail.setPassword(tx, recipient, this.mail.formats(null, null));
    } else if (this.config.registration.confirmEmail) {
      await this.mail.confirmation(tx, recipient);
    }
    return userId;
  }
}

function placeOf({ type = 'customer', level, roleId = null }: UserDraft): Place {
  // Whoever has a free role has what that gives, and stands at the foot of the ladder (contract 4.4).
  const lowest = type === 'admin' && roleId === null ? 'manager' : 'member';
  return { type, level: level ?? lowest, roleId };
}
