import { Body, Controller, Headers, Post } from '@nestjs/common';
import { ApiBasicAuth, ApiBody, ApiOperation, ApiTags, ApiCreatedResponse } from '@nestjs/swagger';
import { RegisterAtClient } from '../../accounts/register-at-client.service.js';
import { AuthenticateClient } from '../../auth/authenticate-client.service.js';
import { SignIn } from '../../auth/sign-in.service.js';
import type { Client } from '../../clients/client.js';
import { grantedScopes, requestedScopes } from '../../clients/scopes.js';
import type { Actor } from '../../common/actor.js';
import { Clock, SECOND } from '../../common/clock.js';
import { Public } from '../../common/security/access.js';
import { CurrentActor } from '../../http/actor.decorator.js';
import { negotiateLocale } from '../../http/locale.js';
import { MAIL_LOCALES } from '../../mail/mail-template-values.js';
import { Profiles } from '../../profiles/profiles.service.js';
import type { UserRecord } from '../../users/user.js';
import { clientProofOf, secretProofOf } from './client-proof.js';
import { ClientUnauthorized, GrantTypeUnsupported } from './gemini.errors.js';
import { tokenView } from './gemini.presenters.js';
import { Parameters } from './parameters.js';
import { PasswordGrants } from './password-grants.js';
import { SURFACE } from './surface-name.js';
import { TOKEN, USER_CREATION, TOKEN_REQUEST } from './gemini.schemas.js';

/** 000 "Creating a user" and "Logging in": tokens for the users of a client. */
@ApiTags('gemini (000)')
@Controller('api')
export class GeminiTokenController {
  constructor(
    private readonly clients: AuthenticateClient,
    private readonly registerAtClient: RegisterAtClient,
    private readonly signIn: SignIn,
    private readonly profiles: Profiles,
    private readonly passwordGrants: PasswordGrants,
    private readonly clock: Clock,
  ) {}

  @Post('users/create')
  @Public({ limited: true })
  @ApiBasicAuth('client')
  @ApiBody({ schema: USER_CREATION })
  @ApiOperation({ summary: 'Register a user of this client, for his first token' })
  @ApiCreatedResponse({ schema: TOKEN })
  async create(
    @CurrentActor() actor: Actor,
    @Headers('authorization') authorization: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Body() body: object,
  ) {
    const parameters = new Parameters(body);
    const client = await this.clients.authenticate(secretProofOf(authorization, parameters), SURFACE);
    assertPasswordGrant(parameters);
    const locale = negotiateLocale(language, MAIL_LOCALES);
    return this.passwordGrants.count(client.id, () => this.register(actor, client, parameters, locale));
  }

  @Post('oauth/token')
  @Public({ limited: true })
  @ApiBasicAuth('client')
  @ApiBody({ schema: TOKEN_REQUEST })
  @ApiOperation({ summary: 'Exchange a user’s password for a token (RFC 6749 4.3)' })
  @ApiCreatedResponse({ schema: TOKEN })
  async token(
    @CurrentActor() actor: Actor,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: object,
  ) {
    const parameters = new Parameters(body);
    const client = await this.clients.authenticate(clientProofOf(authorization, parameters), SURFACE);
    assertPasswordGrant(parameters);
    return this.passwordGrants.count(client.id, () => this.exchange(actor, client, parameters));
  }

  private async register(actor: Actor, client: Client, parameters: Parameters, locale: string) {
    assertMayUse(client);
    const { user, token, scope, expiresAt } = await this.registerAtClient.register(actor, {
      surface: SURFACE,
      client,
      email: parameters.optionalText('email'),
      password: parameters.optionalText('password'),
      scope: requestedScopes(client, parameters.optionalText('scope')),
      hasAcceptedTerms: parameters.optionalFlag('has_accepted_terms') ?? false,
      locale,
    });
    return this.answer(user, { token, scope, expiresAt });
  }

  private async exchange(actor: Actor, client: Client, parameters: Parameters) {
    assertMayUse(client);
    const requested = requestedScopes(client, parameters.optionalText('scope'));
    const scopeOf = (user: UserRecord) => [...requested, ...grantedScopes(user.level)];
    const { user, token, expiresAt } = await this.signIn.signIn(actor, {
      identifier: parameters.text('username'),
      password: parameters.text('password'),
      otp: parameters.optionalText('otp'),
      surface: SURFACE,
      client,
      scopeOf,
    });
    return this.answer(user, { token, scope: scopeOf(user), expiresAt });
  }

  private async answer(
    user: UserRecord,
    { token, scope, expiresAt }: { token: string; scope: readonly string[]; expiresAt: number },
  ) {
    const expiresIn = Math.round((expiresAt - this.clock.now()) / SECOND);
    return tokenView({ token, scope, expiresIn }, user, await this.profiles.of(user.id));
  }
}

/** @throws GrantTypeUnsupported */
function assertPasswordGrant(parameters: Parameters): void {
  if (parameters.text('grant_type') !== 'password') throw new GrantTypeUnsupported();
}

/** @throws ClientUnauthorized when the client was not given the password grant */
function assertMayUse(client: Client): void {
  if (!client.grants.includes('password')) throw new ClientUnauthorized();
}
