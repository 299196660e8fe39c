import { ProofRefused } from '../social.errors.js';
import {
  toLabel,
  type Departure,
  type Identity,
  type Proof,
  type Provider,
  type Returning,
} from '../provider.js';
import type { KeyPair } from './oauth1.js';
import type { TwitterApi } from './twitter-api.js';

/** Under which Twitter's people are kept, wherever its API is reached. */
export const TWITTER_ISSUER = 'https://api.twitter.com';
export const TWITTER = 'twitter';

/** `key:secret`, of printable ASCII, each part without a colon. */
const TOKEN = /^([\x21-\x39\x3b-\x7e]{1,256}):([\x21-\x39\x3b-\x7e]{1,256})$/;

/**
 * Twitter, by OAuth 1.0a (RFC 5849). The proof is the user's own access token, `key:secret` (002,
 * "Social Login"); Gatehouse asks Twitter whose it is each time, and keeps none.
 */
export class TwitterProvider implements Provider {
  readonly name = TWITTER;

  constructor(private readonly api: TwitterApi) {}

  async begin(callbackUrl: string): Promise<Departure> {
    const { key, secret } = await this.api.requestToken(callbackUrl);
    return { location: this.api.signInPage(key), key, secret };
  }

  keyOf(query: URLSearchParams): string | null {
    return query.get('oauth_token') ?? query.get('denied');
  }

  isDenied(query: URLSearchParams): boolean {
    return query.has('denied');
  }

  async complete({ key, secret, query }: Returning): Promise<Proof> {
    const verifier = query.get('oauth_verifier');
    if (!verifier) throw new ProofRefused();
    const access = await this.api.accessToken({ key, secret }, verifier);
    return { token: `${access.key}:${access.secret}`, label: toLabel(access.screenName) };
  }

  isWellFormed(token: string): boolean {
    return isTwitterToken(token);
  }

  async identify(token: string): Promise<Identity> {
    const pair = parse(token);
    if (!pair) throw new ProofRefused();
    const { id, screenName } = await this.api.verifyCredentials(pair);
    return { issuer: TWITTER_ISSUER, subject: id, label: toLabel(screenName), email: null };
  }

  /** The token is the user's own and stays good until he takes it back at Twitter. */
  spend(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

/** True for text in the form of Twitter's tokens (002: "combine the key & secret with a `:`"). */
export function isTwitterToken(token: string): boolean {
  return parse(token) !== null;
}

function parse(token: string): KeyPair | null {
  const [, key, secret] = TOKEN.exec(token) ?? [];
  return key === undefined || secret === undefined ? null : { key, secret };
}
