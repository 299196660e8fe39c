import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { headerParameters, signatureOf } from '../../../test/support/oauth1-signature.js';
import { OAuth1 } from './oauth1.js';

/** RFC 5849 1.2: the printer that wants a photo. */
const PRINTER = { key: 'dpf43f3p2l4k3l03', secret: 'kd94hf93k423kf44' };
const VECTORS = [
  {
    of: 'a request token',
    method: 'POST',
    url: 'https://photos.example.net/initiate',
    parameters: {
      oauth_consumer_key: PRINTER.key,
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131200',
      oauth_nonce: 'wIjqoS',
      oauth_callback: 'http://printer.example.com/ready',
    },
    tokenSecret: '',
    signature: '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
  },
  {
    of: 'an access token',
    method: 'POST',
    url: 'https://photos.example.net/token',
    parameters: {
      oauth_consumer_key: PRINTER.key,
      oauth_token: 'hh5s93j4hdidpola',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131201',
      oauth_nonce: 'walatlh',
      oauth_verifier: 'hfdp7dh39dks9884',
    },
    tokenSecret: 'hdhd0244k9j7ao03',
    signature: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
  },
  {
    of: 'a resource with a query',
    method: 'GET',
    url: 'http://photos.example.net/photos?file=vacation.jpg&size=original',
    parameters: {
      oauth_consumer_key: PRINTER.key,
      oauth_token: 'nnch734d00sl2jdk',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131202',
      oauth_nonce: 'chapoH',
    },
    tokenSecret: 'pfkkdhi9sl3r4s00',
    signature: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
  },
] as const;

describe('the example of RFC 5849 1.2', () => {
  const library = new OAuth({
    consumer: PRINTER,
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });

  it.each(VECTORS)('$of is signed as printed', ({ method, url, parameters, tokenSecret, signature }) => {
    const data = { ...parameters } as unknown as OAuth.Data;
    expect(library.getSignature({ method, url, data: {} }, tokenSecret || undefined, data)).toBe(signature);
  });

  it.each(VECTORS)('$of is verified as printed', ({ method, url, parameters, tokenSecret, signature }) => {
    const { origin, pathname, searchParams } = new URL(url);
    const all = [...Object.entries(parameters), ...searchParams];
    const parts = { method, baseUrl: `${origin}${pathname}`, parameters: all };
    expect(signatureOf(parts, PRINTER.secret, tokenSecret)).toBe(signature);
  });
});

describe('OAuth1', () => {
  const clock = { now: () => 137_131_200_999 };
  const oauth = new OAuth1(PRINTER, clock, () => 'wIjqoS');
  const parametersOf = (header: string) => Object.fromEntries(headerParameters(header) ?? []);

  it('signs what it puts into the header, with the second of the clock and a nonce', () => {
    const url = 'https://photos.example.net/initiate';
    const callback = "https://printer.example.com/ready?callback=a.b&c='*' é";
    const header = oauth.header({ method: 'POST', url, parameters: { oauth_callback: callback } });
    const { oauth_signature: signature, ...parameters } = parametersOf(header);
    expect(parameters).toEqual({
      oauth_callback: callback,
      oauth_consumer_key: PRINTER.key,
      oauth_nonce: 'wIjqoS',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131200',
      oauth_version: '1.0',
    });
    const parts = { method: 'POST', baseUrl: url, parameters: Object.entries(parameters) };
    expect(signature).toBe(signatureOf(parts as never, PRINTER.secret, ''));
  });

  it('signs with the secret of a token, and covers the query', () => {
    const url = 'https://photos.example.net/photos?file=vacation.jpg&size=original';
    const token = { key: 'nnch734d00sl2jdk', secret: 'pfkkdhi9sl3r4s00' };
    const { oauth_signature: signature, ...parameters } = parametersOf(
      oauth.header({ method: 'GET', url }, token),
    );
    expect(parameters['oauth_token']).toBe(token.key);
    const all = [...Object.entries(parameters), ['file', 'vacation.jpg'], ['size', 'original']];
    const parts = { method: 'GET', baseUrl: 'https://photos.example.net/photos', parameters: all };
    expect(signature).toBe(signatureOf(parts as never, PRINTER.secret, token.secret));
  });

  it('takes a nonce of its own each time', () => {
    const fresh = new OAuth1(PRINTER, clock);
    const nonce = () =>
      parametersOf(fresh.header({ method: 'GET', url: 'https://a.example/' }))['oauth_nonce'];
    const nonces = [nonce(), nonce()];
    expect(new Set(nonces).size).toBe(2);
    expect(nonces[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
