import { Injectable } from '@nestjs/common';
import { InvalidFields } from '../accounts/field-faults.js';
import type { RegisteredInBrowser } from '../accounts/first-session.service.js';
import { WrongCredentials } from '../auth/auth.errors.js';
import { EntryConditions } from '../auth/entry-conditions.service.js';
import type { Actor } from '../common/actor.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { methodsOf } from '../factors/factor-demand.js';
import { SecondFactorRequired } from '../factors/factors.errors.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { UsersRepository } from '../users/users.repository.js';
import type { ExternalPerson, ExternalSignInRequest } from './external-person.js';
import type { LinkedIdentity } from './linked-identity.js';
import { LinkedIdentitiesRepository } from './linked-identities.repository.js';

/** Signing in as the user to whom an identity is linked. */
@Injectable()
export class LinkedSignIn {
  constructor(
    private readonly linked: LinkedIdentitiesRepository,
    private readonly entry: EntryConditions,
    private readonly users: UsersRepository,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens a session by a cookie and ends the one that came with the request. Unlinked, blocked or with
   * his sessions ended while this runs, he gets none, nor with a second factor, which no account
   * elsewhere stands in for; a proof that is good once is used up with it.
   * @throws WrongCredentials, UserBlocked, EmailNotConfirmed, SecondFactorRequired, InvalidFields
   */
  async open(
    actor: Actor,
    { surface, previousCookie }: ExternalSignInRequest,
    { provider, token: proof }: ExternalPerson,
    { id, userId }: LinkedIdentity,
  ): Promise<RegisteredInBrowser> {
    const user = await this.users.findById(this.reader, userId);
    if (!user) throw new WrongCredentials();
    this.entry.assertMayEnterWithoutPassword(actor, user);
    const token = this.tokens.cookie();
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.linked.isLinkedForUpdate(tx, id, userId))) throw new WrongCredentials();
      const demand = await this.secondFactor.demandOf(tx, userId);
      if (demand) throw new SecondFactorRequired(methodsOf(demand));
      if (!(await provider.spend(tx, proof))) {
        throw new InvalidFields([{ field: 'external_token', code: 'invalid' }]);
      }
      const session = { userId, epoch: user.grantEpoch, surface, description: `Login with ${provider.name}` };
      const opened = await this.sessions.open(tx, actor, session, token);
      if (!opened) throw new WrongCredentials();
      if (previousCookie) {
        await this.sessions.endByCookie(tx, actor, previousCookie, 'signed-in-anew', opened.grantId);
      }
      return { user, grantId: opened.grantId, cookie: opened.token };
    });
  }
}
