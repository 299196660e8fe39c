import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { normaliseIdentifier } from '../../common/identifier.js';
import type { UserType } from '../../common/levels.js';
import { Config } from '../../config/config.js';
import type { Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Sessions } from '../../grants/sessions.service.js';
import { Passwords } from '../../passwords/passwords.service.js';
import type { UserState } from '../../users/user.js';
import { IdentifierTaken } from '../../users/users.errors.js';
import { SelfRegistrationClosed } from '../accounts.errors.js';
import { AlreadyRegisteredNotice } from '../already-registered-notice.service.js';
import { CheckFields } from '../check-fields.service.js';
import { CreateUser } from '../create-user.service.js';
import { InvalidFields, refuseFaults, type FieldFault } from '../field-faults.js';
import { RegistrationMail } from '../registration-mail.js';
import type { MemberDraft, RegisteredMember } from './member.js';

/** Who is to be registered, and the language of his mail. */
export interface MemberRegistration {
  readonly draft: MemberDraft;
  readonly locale: string;
}

/** Registers customers and sellers with their names, phones and cards. */
@Injectable()
export class RegisterMember {
  constructor(
    private readonly config: Config,
    private readonly fields: CheckFields,
    private readonly passwords: Passwords,
    private readonly createUser: CreateUser,
    private readonly mail: RegistrationMail,
    private readonly alreadyRegistered: AlreadyRegisteredNotice,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * A customer registers himself: he is `new` until he redeems the link that is mailed to him. The
   * owner of an address that is taken is told by mail.
   * @throws SelfRegistrationClosed, InvalidFields with every fault at once and nothing made; Overloaded
   * Spec: 003 reference note 1.10.
   */
  async registerSelf(actor: Actor, { draft, locale }: MemberRegistration): Promise<RegisteredMember> {
    if (!this.config.registration.selfRegister) throw new SelfRegistrationClosed();
    const faults = [
      ...(await this.faultsOf(draft)),
      ...(await this.fields.password('plainPassword', draft.password, draft.email, true)),
    ];
    await this.tellOwner(faults, draft, locale);
    refuseFaults(draft, faults);
    const passwordHash = await this.passwords.hash(draft.password ?? '', actor.signal);
    return this.write(actor, draft, { type: 'customer', state: 'new', passwordHash }, async (tx, made) => {
      await this.mail.confirmation(tx, { userId: made.id, email: made.email, epoch: 0, locale });
    });
  }

  /**
   * Somebody with the right registers a customer or seller. Without a password, the link to set one is
   * mailed; none is made up, mailed or told (contract 4.4).
   * @throws InvalidFields with every fault at once and nothing made; Overloaded
   */
  async registerOther(
    actor: Actor,
    { draft, locale }: MemberRegistration,
    as: { type: Exclude<UserType, 'admin'>; state: 'active' | 'blocked' },
  ): Promise<RegisteredMember> {
    const faults = [
      ...(await this.faultsOf(draft)),
      ...(await this.fields.password('plainPassword', draft.password, draft.email, false)),
    ];
    refuseFaults(draft, faults);
    const passwordHash = draft.password ? await this.passwords.hash(draft.password, actor.signal) : null;
    return this.write(actor, draft, { ...as, passwordHash }, async (tx, made) => {
      if (passwordHash !== null) return;
      const recipient = { userId: made.id, email: made.email, epoch: 0, locale };
      await this.mail.setPassword(tx, recipient, this.mail.formats(null, null));
    });
  }

  private async faultsOf(draft: MemberDraft): Promise<FieldFault[]> {
    const { firstName, lastName, email, phone, card } = draft;
    return [
      ...this.fields.name('firstName', firstName, true),
      ...this.fields.name('lastName', lastName, true),
      ...(await this.fields.newEmail(email)),
      ...(await this.fields.phone(phone, null)),
      ...(await this.fields.card(card, null)),
    ];
  }

  private async tellOwner(faults: readonly FieldFault[], draft: MemberDraft, locale: string): Promise<void> {
    const isTaken = faults.some(({ field, code }) => field === 'email' && code === 'taken');
    if (isTaken) await this.alreadyRegistered.send(normaliseIdentifier(draft.email ?? ''), locale);
  }

  private async write(
    actor: Actor,
    draft: MemberDraft,
    as: { type: UserType; state: UserState; passwordHash: string | null },
    then: (tx: Tx, made: RegisteredMember) => Promise<void>,
  ): Promise<RegisteredMember> {
    const email = normaliseIdentifier(draft.email ?? '');
    try {
      return await this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, actor.principal);
        const id = await this.createUser.create(tx, actor, {
          ...as,
          level: 'member',
          email,
          phone: draft.phone,
          card: draft.card,
          firstName: draft.firstName ?? '',
          lastName: draft.lastName ?? '',
        });
        await then(tx, { id, email });
        return { id, email };
      });
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
      throw new InvalidFields([{ field: 'email', code: 'taken' }], { cause: error });
    }
  }
}
