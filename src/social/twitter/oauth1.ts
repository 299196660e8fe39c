import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { SECOND, type Clock } from '../../common/clock.js';

/** A key with its secret: of a consumer, a request token or an access token. */
export interface KeyPair {
  readonly key: string;
  readonly secret: string;
}

/** A request as its signature covers it: the parameters of the protocol beside those of the address. */
export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Further parameters that travel in the header, such as `oauth_callback`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Signs requests with HMAC-SHA1, each with a nonce of its own (RFC 5849 3). */
export class OAuth1 {
  private readonly library: OAuth;

  constructor(consumer: KeyPair, clock: Clock, nonce = () => randomBytes(16).toString('hex')) {
    this.library = new OAuth({
      consumer: { ...consumer },
      signature_method: 'HMAC-SHA1',
      hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
    });
    this.library.getNonce = nonce;
    this.library.getTimeStamp = () => Math.floor(clock.now() / SECOND);
  }

  /** The value of the `Authorization` header. */
  header({ method, url, parameters = {} }: SignedRequest, token?: KeyPair): string {
    const signed = this.library.authorize({ method, url, data: { ...parameters } }, token);
    return this.library.toHeader({ ...signed, ...parameters }).Authorization;
  }
}
