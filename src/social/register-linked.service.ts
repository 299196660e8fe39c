import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { SelfRegistrationClosed } from '../accounts/accounts.errors.js';
import { AlreadyRegisteredNotice } from '../accounts/already-registered-notice.service.js';
import { CheckFields } from '../accounts/check-fields.service.js';
import { InvalidFields, type FieldFault } from '../accounts/field-faults.js';
import { FirstSession, type RegisteredInBrowser } from '../accounts/first-session.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { newId } from '../common/ids.js';
import { Config } from '../config/config.js';
import type { ExternalPerson, ExternalSignInRequest } from './external-person.js';
import { LinkedIdentitiesRepository } from './linked-identities.repository.js';

/** Registering with an account elsewhere. */
@Injectable()
export class RegisterLinked {
  constructor(
    private readonly config: Config,
    private readonly fields: CheckFields,
    private readonly firstSession: FirstSession,
    private readonly alreadyRegistered: AlreadyRegisteredNotice,
    private readonly linked: LinkedIdentitiesRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * True for an address that somebody has, who is then told by mail. Where nobody registers himself
   * nobody learns of an address either.
   */
  async isTaken(email: string, locale: string): Promise<boolean> {
    if (!this.config.registration.selfRegister) return false;
    const faults = await this.faultsOf(normaliseIdentifier(email), locale);
    return faults.some(({ code }) => code === 'taken');
  }

  /**
   * Makes a user without a password, the identity linked to him, with his first session. An address
   * that he left out is the one that the provider vouches for, which then counts as confirmed. The
   * owner of an address that is taken is told by mail.
   * @throws SelfRegistrationClosed, InvalidFields, IdentityTaken, IdentifierTaken with nothing made
   */
  async register(
    actor: Actor,
    { surface, email: typed, previousCookie, locale }: ExternalSignInRequest,
    { provider, token, identity }: ExternalPerson,
  ): Promise<RegisteredInBrowser> {
    if (!this.config.registration.selfRegister) throw new SelfRegistrationClosed();
    const email = normaliseIdentifier(typed ?? identity.email ?? '');
    const faults = await this.faultsOf(email, locale);
    if (faults.length > 0) throw new InvalidFields(faults.map((fault) => ({ ...fault, field: 'username' })));
    const person = {
      surface,
      email,
      passwordHash: null,
      isEmailConfirmed: email === identity.email,
      name: identity.label,
      previousCookie,
      locale,
    };
    return this.firstSession.open(actor, person, async (tx, userId) => {
      if (!(await provider.spend(tx, token))) {
        throw new InvalidFields([{ field: 'external_token', code: 'invalid' }]);
      }
      const { issuer, subject, label } = identity;
      const createdAt = this.clock.now();
      const link = { id: newId(), issuer, subject, label, userId, provider: provider.name, createdAt };
      await this.linked.insert(tx, link);
      const linked = { userId, objectId: link.id, isProof: true };
      await this.audit.record(tx, actor, { kind: 'identity.linked', ...linked });
    });
  }

  private async faultsOf(email: string, locale: string): Promise<FieldFault[]> {
    const faults = await this.fields.newEmail(email);
    if (faults.some(({ code }) => code === 'taken')) await this.alreadyRegistered.send(email, locale);
    return faults;
  }
}
