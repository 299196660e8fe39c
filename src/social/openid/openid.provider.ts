import * as openid from 'openid-client';
import { Logger } from '@nestjs/common';
import type { OpenIdProviderConfig } from '../../config/config.js';
import type { Tx } from '../../database/db.js';
import type { Departure, Identity, Proof, Provider, Returning } from '../provider.js';
import { ProofRefused, ProviderUnavailable } from '../social.errors.js';
import type { Discovery } from './discovery.js';
import { identityOf } from './openid-identity.js';
import { isProofToken, type Proofs } from './proofs.service.js';

const SCOPE = 'openid profile email';

/** Faults that tell of the provider and not of the user's answer. */
const OUTAGES: ReadonlySet<unknown> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]);

/**
 * An OpenID provider, by the authorization code flow with PKCE, state, nonce and the check of `iss`
 * (OpenID Connect Core 3.1; RFC 7636, 9207). Its tokens stay here and are not kept: the proof is a
 * secret of ours, good once and for ten minutes.
 */
export class OpenIdProvider implements Provider {
  readonly name: string;
  private readonly logger = new Logger(OpenIdProvider.name);

  constructor(
    { name }: OpenIdProviderConfig,
    private readonly discovery: Discovery,
    private readonly proofs: Proofs,
  ) {
    this.name = name;
  }

  async begin(callbackUrl: string): Promise<Departure> {
    const configuration = await this.discovery.configuration();
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const verifier = openid.randomPKCECodeVerifier();
    const location = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: callbackUrl,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { location: location.href, key: state, secret: `${nonce}.${verifier}` };
  }

  keyOf(query: URLSearchParams): string | null {
    return query.get('state');
  }

  isDenied(query: URLSearchParams): boolean {
    return query.get('error') === 'access_denied';
  }

  async complete(returning: Returning): Promise<Proof> {
    const identity = await this.answered(returning);
    return { token: await this.proofs.issue(this.name, identity), label: identity.label };
  }

  isWellFormed(token: string): boolean {
    return isProofToken(token);
  }

  identify(token: string): Promise<Identity> {
    return this.proofs.identify(this.name, token);
  }

  spend(tx: Tx, token: string): Promise<boolean> {
    return this.proofs.spend(tx, this.name, token);
  }

  private async answered({ key, secret, callbackUrl, query }: Returning): Promise<Identity> {
    const configuration = await this.discovery.configuration();
    const [nonce = '', verifier = ''] = secret.split('.');
    const url = new URL(callbackUrl);
    url.search = query.toString();
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        expectedState: key,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new ProofRefused();
      const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
      const further = hasUserInfo
        ? await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
      return identityOf({ ...further, ...claims });
    } catch (error) {
      throw this.toRefusal(error);
    }
  }

  private toRefusal(error: unknown): Error {
    if (error instanceof ProofRefused) return error;
    const { code, message } = error as { code?: unknown; message?: string };
    this.logger.warn(`Signing in at ${this.name} failed: ${message ?? String(error)}`);
    const isOutage = error instanceof TypeError || OUTAGES.has(code);
    return isOutage ? new ProviderUnavailable({ cause: error }) : new ProofRefused({}, { cause: error });
  }
}
