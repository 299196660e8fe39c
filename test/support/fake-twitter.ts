import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { headerParameters, signatureOf } from './oauth1-signature.js';

/** Somebody with an account at Twitter. */
export interface TwitterAccount {
  readonly id: string;
  readonly screenName: string;
}

interface Token {
  readonly secret: string;
  account?: TwitterAccount;
  callback?: string;
  verifier?: string;
}

type Mood = 'well' | 'failing' | 'silent' | 'garbled' | 'limiting';

/**
 * Twitter's part of OAuth 1.0a, as RFC 5849 asks of a server: consumer, token, time, nonce and
 * signature of every request are checked; a request token is good once, with its verifier.
 */
export class FakeTwitter {
  readonly consumer = { key: 'consumer-key', secret: 'consumer-secret-&-more' };
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  mood: Mood = 'well';
  /** Who sits at the browsers that come here, and says yes at once; null says no. */
  visitor: TwitterAccount | null = null;
  private readonly requestTokens = new Map<string, Token>();
  private readonly accessTokens = new Map<string, Token>();
  private readonly nonces = new Set<string>();
  private readonly hanging = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    private readonly now: () => number,
  ) {}

  static async start(now: () => number): Promise<FakeTwitter> {
    const server = createServer((request, response) => void twitter.answer(request, response));
    const twitter = new FakeTwitter(server, now);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return twitter;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The environment that makes Gatehouse its consumer. */
  get environment(): Record<string, string> {
    return {
      TWITTER_CONSUMER_KEY: this.consumer.key,
      TWITTER_CONSUMER_SECRET: this.consumer.secret,
      TWITTER_API_URL: this.url,
    };
  }

  /** An access token of an account, as an application of the same consumer has it. */
  tokenOf(account: TwitterAccount): string {
    const [key, secret] = [`${account.id}-${randomUUID()}`, randomBytes(16).toString('hex')];
    this.accessTokens.set(key, { secret, account });
    return `${key}:${secret}`;
  }

  /** The account's owner takes an access token back. */
  revoke(token: string): void {
    this.accessTokens.delete(token.split(':')[0]!);
  }

  /** The secret of the request token in an address. */
  secretOf(location: string): string {
    return this.requestTokens.get(new URL(location).searchParams.get('oauth_token') ?? '')!.secret;
  }

  /** What its owner's browser is sent to when he says yes, or no, on the page at `location`. */
  decide(location: string, account: TwitterAccount | null): string {
    const page = new URL(location);
    const key = page.searchParams.get('oauth_token') ?? '';
    const token = this.requestTokens.get(key);
    if (page.pathname !== '/oauth/authenticate' || !token) throw new Error(`Twitter has no ${location}`);
    const back = new URL(token.callback!);
    if (account === null) back.searchParams.set('denied', key);
    else {
      Object.assign(token, { account, verifier: randomUUID() });
      back.searchParams.set('oauth_token', key);
      back.searchParams.set('oauth_verifier', token.verifier!);
    }
    return back.href;
  }

  async stop(): Promise<void> {
    for (const response of this.hanging) response.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.asked.push(`${request.method} ${url.pathname}`);
    if (this.mood === 'silent') return void this.hanging.add(response);
    if (this.mood === 'failing') return void response.writeHead(500).end('<error>over capacity</error>');
    if (this.mood === 'limiting') return void response.writeHead(429).end('{"errors":[{"code":88}]}');
    if (this.mood === 'garbled') return void response.writeHead(200).end('<html>It works!</html>');
    if (url.pathname === '/oauth/authenticate') {
      return void response.writeHead(302, { location: this.decide(url.href, this.visitor) }).end();
    }
    const outcome = this.outcome(request, url, await text(request));
    if (outcome === null) response.writeHead(401).end('{"errors":[{"code":32}]}');
    else response.writeHead(200, { 'content-type': outcome[0] }).end(outcome[1]);
  }

  private outcome(request: IncomingMessage, url: URL, body: string): [string, string] | null {
    const parameters = this.verified(request, url, body);
    if (!parameters) return null;
    const key = parameters.get('oauth_token') ?? '';
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /oauth/request_token':
        return this.giveRequestToken(parameters);
      case 'POST /oauth/access_token':
        return this.giveAccessToken(key, parameters);
      case 'GET /1.1/account/verify_credentials.json': {
        const account = this.accessTokens.get(key)?.account;
        if (!account) return null;
        // Numbers of this size are not what JavaScript takes them for: `id_str` is the identity.
        const user = {
          id_str: account.id,
          screen_name: account.screenName,
          name: 'A Name',
          // Whoever fetches these is asked to by a stranger.
          url: `${this.url}/trap`,
          profile_image_url: `${this.url}/trap.png`,
          profile_image_url_https: `${this.url}/trap.png`,
          profile_banner_url: `${this.url}/trap.jpg`,
        };
        return ['application/json', `{"id":${account.id},${JSON.stringify(user).slice(1)}`];
      }
      default:
        return null;
    }
  }

  private giveRequestToken(parameters: Map<string, string>): [string, string] | null {
    const callback = parameters.get('oauth_callback');
    if (!callback) return null;
    const [key, secret] = [randomUUID(), randomBytes(16).toString('hex')];
    this.requestTokens.set(key, { secret, callback });
    return form({ oauth_token: key, oauth_token_secret: secret, oauth_callback_confirmed: 'true' });
  }

  private giveAccessToken(key: string, parameters: Map<string, string>): [string, string] | null {
    const token = this.requestTokens.get(key);
    this.requestTokens.delete(key);
    if (!token?.account || parameters.get('oauth_verifier') !== token.verifier) return null;
    const [accessKey, secret] = this.tokenOf(token.account).split(':') as [string, string];
    const { id, screenName } = token.account;
    return form({
      oauth_token: accessKey,
      oauth_token_secret: secret,
      user_id: id,
      screen_name: screenName,
    });
  }

  /** The parameters of a request that is signed as RFC 5849 3.2 asks; null for any other. */
  private verified(request: IncomingMessage, url: URL, body: string): Map<string, string> | null {
    const inHeader = headerParameters(request.headers.authorization);
    if (!inHeader) return null;
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    const inForm = isForm ? [...new URLSearchParams(body)] : [];
    const parameters = [...inHeader, ...url.searchParams, ...inForm];
    const named = new Map(parameters);
    const key = named.get('oauth_token');
    const token = key === undefined ? null : (this.requestTokens.get(key) ?? this.accessTokens.get(key));
    if (token === undefined || named.get('oauth_consumer_key') !== this.consumer.key) return null;
    if (!this.isFresh(named) || named.get('oauth_signature_method') !== 'HMAC-SHA1') return null;
    const baseUrl = `${url.origin}${url.pathname}`;
    const parts = { method: request.method ?? '', baseUrl, parameters };
    const expected = signatureOf(parts, this.consumer.secret, token?.secret ?? '');
    return named.get('oauth_signature') === expected ? named : null;
  }

  private isFresh(named: Map<string, string>): boolean {
    const at = Number(named.get('oauth_timestamp')) * 1_000;
    const nonce = `${at} ${named.get('oauth_nonce')}`;
    if (Math.abs(this.now() - at) > 300_000 || this.nonces.has(nonce)) return false;
    this.nonces.add(nonce);
    return true;
  }
}

function form(values: Record<string, string>): [string, string] {
  return ['application/x-www-form-urlencoded', new URLSearchParams(values).toString()];
}
