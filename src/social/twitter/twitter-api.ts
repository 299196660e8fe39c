import { Clock } from '../../common/clock.js';
import type { TwitterConfig } from '../../config/config.js';
import { ask } from '../outgoing.js';
import { ProofRefused, ProviderUnavailable } from '../social.errors.js';
import { OAuth1, type KeyPair, type SignedRequest } from './oauth1.js';

/** Who an access token belongs to. `id` never changes; the names may. */
export interface TwitterUser {
  readonly id: string;
  readonly screenName: string;
}

const ID = /^[0-9]{1,20}$/;

/** The three calls of Twitter that a sign-in needs, each signed (RFC 5849). */
export class TwitterApi {
  private readonly oauth: OAuth1;

  constructor(
    private readonly twitter: TwitterConfig,
    clock: Clock,
  ) {
    this.oauth = new OAuth1({ key: twitter.consumerKey, secret: twitter.consumerSecret }, clock);
  }

  /** Where a browser with this request token goes to sign in. */
  signInPage(requestKey: string): string {
    return `${this.twitter.apiUrl}/oauth/authenticate?oauth_token=${encodeURIComponent(requestKey)}`;
  }

  /** @throws ProviderUnavailable */
  async requestToken(callbackUrl: string): Promise<KeyPair> {
    const text = await this.call('POST', '/oauth/request_token', { oauth_callback: callbackUrl });
    const values = new URLSearchParams(text);
    if (values.get('oauth_callback_confirmed') !== 'true') throw new ProviderUnavailable();
    return toKeyPair(values);
  }

  /** @throws ProofRefused, ProviderUnavailable */
  async accessToken(requestToken: KeyPair, verifier: string): Promise<KeyPair & { screenName: string }> {
    const text = await this.call('POST', '/oauth/access_token', { oauth_verifier: verifier }, requestToken);
    const values = new URLSearchParams(text);
    return { ...toKeyPair(values), screenName: values.get('screen_name') ?? '' };
  }

  /** Whose an access token is; one that was given to another consumer is nobody's. @throws ProofRefused, ProviderUnavailable */
  async verifyCredentials(accessToken: KeyPair): Promise<TwitterUser> {
    const path = '/1.1/account/verify_credentials.json?include_entities=false&skip_status=true';
    const text = await this.call('GET', path, {}, accessToken);
    const user = parseObject(text);
    const { id_str: id, screen_name: screenName } = user;
    if (typeof id !== 'string' || !ID.test(id)) throw new ProviderUnavailable();
    return { id, screenName: typeof screenName === 'string' ? screenName : '' };
  }

  private async call(
    method: SignedRequest['method'],
    path: string,
    parameters: Readonly<Record<string, string>>,
    token?: KeyPair,
  ): Promise<string> {
    const url = `${this.twitter.apiUrl}${path}`;
    const authorization = this.oauth.header({ method, url, parameters }, token);
    const { status, text } = await ask(url, { method, headers: { authorization } });
    if (status === 200) return text;
    // Without a token of the user's it is our own key that is refused: nothing that he can mend.
    const isRefusal = status === 401 || status === 403;
    throw isRefusal && token
      ? new ProofRefused()
      : new ProviderUnavailable({ cause: new Error(`Twitter answered ${status} at ${path.split('?')[0]}`) });
  }
}

function toKeyPair(values: URLSearchParams): KeyPair {
  const key = values.get('oauth_token');
  const secret = values.get('oauth_token_secret');
  if (!key || !secret) throw new ProviderUnavailable();
  return { key, secret };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw new ProviderUnavailable({ cause: error });
  }
  throw new ProviderUnavailable();
}
