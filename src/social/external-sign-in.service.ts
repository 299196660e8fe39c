import { Injectable } from '@nestjs/common';
import { CheckFields } from '../accounts/check-fields.service.js';
import { refuseFaults, type FieldFault, type ReadDraft } from '../accounts/field-faults.js';
import type { RegisteredInBrowser } from '../accounts/first-session.service.js';
import type { Actor } from '../common/actor.js';
import { Reader } from '../database/db.js';
import { IdentifierTaken } from '../users/users.errors.js';
import type { ExternalPerson, ExternalSignInRequest } from './external-person.js';
import { LinkedIdentitiesRepository } from './linked-identities.repository.js';
import { LinkedSignIn } from './linked-sign-in.service.js';
import type { Identity, Provider } from './provider.js';
import { Providers } from './providers.service.js';
import { RegisterLinked } from './register-linked.service.js';
import { IdentityTaken, ProofRefused, ProviderUnknown } from './social.errors.js';
import { isTwitterToken } from './twitter/twitter.provider.js';

/** Signing in, or registering, with an account elsewhere. */
@Injectable()
export class ExternalSignIn {
  constructor(
    private readonly providers: Providers,
    private readonly fields: CheckFields,
    private readonly linked: LinkedIdentitiesRepository,
    private readonly signIn: LinkedSignIn,
    private readonly register: RegisterLinked,
    private readonly reader: Reader,
  ) {}

  /**
   * Opens a session for the user to whom the identity (issuer and subject) is linked, or makes one to
   * whom it then is. An address that somebody has is linked to nobody. The provider is asked only when
   * nothing else is wrong.
   * @throws InvalidFields with every fault at once and nothing made; ProviderNotConfigured without a
   *   request going out; ProviderUnavailable, SelfRegistrationClosed, WrongCredentials, UserBlocked,
   *   EmailNotConfirmed
   * Spec: 002 "Social Login/Registration"; contract 4.3.
   */
  async enter(actor: Actor, request: ExternalSignInRequest): Promise<RegisteredInBrowser> {
    const provider = this.providerOf(request.system);
    const faults = await this.faultsOf(provider, request);
    if (!provider || faults.length > 0) return refuse(request, await this.withTaken(request, faults));
    const token = request.token ?? '';
    const identity = await this.identify(provider, token, request);
    const person: ExternalPerson = { provider, token, identity };
    return (await this.enterLinked(actor, request, person)) ?? this.enterNew(actor, request, person);
  }

  private async enterLinked(
    actor: Actor,
    request: ExternalSignInRequest,
    person: ExternalPerson,
  ): Promise<RegisteredInBrowser | null> {
    const linked = await this.linked.find(this.reader, person.identity);
    return linked && this.signIn.open(actor, request, person, linked);
  }

  private async enterNew(
    actor: Actor,
    request: ExternalSignInRequest,
    person: ExternalPerson,
  ): Promise<RegisteredInBrowser> {
    try {
      return await this.register.register(actor, request, person);
    } catch (error) {
      if (!(error instanceof IdentityTaken || error instanceof IdentifierTaken)) throw error;
      // His first two requests came together: the other one has made him.
      const entered = await this.enterLinked(actor, request, person);
      if (entered) return entered;
      return refuse(request, [{ field: 'username', code: 'taken' }]);
    }
  }

  private providerOf(system: string | null): Provider | null {
    try {
      return this.providers.get(system ?? '');
    } catch (error) {
      if (error instanceof ProviderUnknown) return null;
      throw error;
    }
  }

  private async faultsOf(
    provider: Provider | null,
    { token, email }: ExternalSignInRequest,
  ): Promise<FieldFault[]> {
    const faults: FieldFault[] = provider ? [] : [{ field: 'external_system', code: 'invalid' }];
    const isWellFormed = (text: string) => (provider ? provider.isWellFormed(text) : isTwitterToken(text));
    if (token === null) faults.push({ field: 'external_token', code: 'blank' });
    else if (!isWellFormed(token)) faults.push({ field: 'external_token', code: 'invalid' });
    if (email === null) return faults;
    const ofEmail = await this.fields.newEmail(email);
    return [...faults, ...ofEmail.filter(({ code }) => code !== 'taken').map(asUsername)];
  }

  /** Who is refused anyway is told of a taken address too; a returning user's own is none (contract 4.3). */
  private async withTaken(
    { email, locale }: ExternalSignInRequest,
    faults: readonly FieldFault[],
  ): Promise<FieldFault[]> {
    const isTaken = email !== null && (await this.register.isTaken(email, locale));
    return isTaken ? [...faults, { field: 'username', code: 'taken' }] : [...faults];
  }

  private async identify(
    provider: Provider,
    token: string,
    request: ExternalSignInRequest,
  ): Promise<Identity> {
    refuseFaults(request, []);
    try {
      return await provider.identify(token);
    } catch (error) {
      if (!(error instanceof ProofRefused)) throw error;
      return refuse(request, [{ field: 'external_token', code: 'invalid' }]);
    }
  }
}

const asUsername = (fault: FieldFault): FieldFault => ({ ...fault, field: 'username' });

function refuse(draft: ReadDraft, faults: readonly FieldFault[]): never {
  refuseFaults(draft, faults);
  throw new Error('A refusal without a fault');
}
