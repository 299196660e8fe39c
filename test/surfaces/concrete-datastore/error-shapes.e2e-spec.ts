import { request } from 'node:http';
import { outcome, tokenHeader } from '../../support/api.js';
import { makePerson, PASSWORD, signIn } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { CHANGE, LOGIN, ME, REGISTER, RESET } from './bodies.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const UNREADABLE = { status: 400, body: { detail: 'JSON parse error' } };
const TOO_LARGE = { status: 413, body: { detail: 'Request body is too large.' } };
const UNSUPPORTED = { status: 415, body: { detail: 'Unsupported media type in request.' } };
const NOT_FOUND = { status: 404, body: { detail: 'Not found.' } };

describe('error shapes of document 004', () => {
  let server: TestGatehouse;
  let headers: Record<string, string>;

  beforeAll(async () => {
    server = await startTestGatehouse();
    headers = tokenHeader(await signIn(server, await makePerson(server, { email: 'a@example.com' })));
  });
  afterAll(() => server.stop());

  const POSTS = [REGISTER, LOGIN, RESET, CHANGE];
  const routes = [...POSTS.map((path) => ['POST', path] as const), ['PATCH', ME] as const];

  describe.each(routes)('%s %s', (method, path) => {
    const send = async (body: unknown, type: Record<string, string>) =>
      outcome(await server.api.send(method, path, body, { ...headers, ...type }));

    it.each([
      ['half an object', '{'],
      ['single quotes', "{'email':'a'}"],
      ['two values', '{}{}'],
      ['NaN', '{"email":NaN}'],
      ['a member given twice', '{"email":"a@example.com","email":"b@example.com"}'],
      ['__proto__', '{"__proto__":{"email":"a@example.com"}}'],
      ['constructor', '{"constructor":{"prototype":{}}}'],
      ['40 levels', `{"email":${'['.repeat(40)}${']'.repeat(40)}}`],
      ['100,000 levels', '['.repeat(100_000)],
      ['a NUL', '{"email":"a\\u0000@example.com"}'],
      ['half a surrogate pair', '{"email":"\\ud800@example.com"}'],
    ])('answers %s with 400 {detail}', async (_, body) => {
      expect(await send(body, JSON_TYPE)).toEqual(UNREADABLE);
    });

    it('answers bytes that are no UTF-8 with 400 {detail}', async () => {
      expect(await send(Buffer.from('{"email":"\xff\xfe@example.com"}', 'latin1'), JSON_TYPE)).toEqual(
        UNREADABLE,
      );
      expect(await send('email=%ff%fe', FORM_TYPE)).toEqual(UNREADABLE);
      expect(await send('email=%zz', FORM_TYPE)).toEqual(UNREADABLE);
      expect(await send('email=%00', FORM_TYPE)).toEqual(UNREADABLE);
    });

    it('answers an unsupported type with 415 {detail}', async () => {
      for (const type of ['text/plain', 'application/xml', 'text/html', 'application/octet-stream', 'x']) {
        expect(await send('{}', { 'content-type': type })).toEqual(UNSUPPORTED);
      }
    });

    it('answers over 1 MiB with 413 {detail}', async () => {
      const long = 'x'.repeat(1024 * 1024);
      expect(await send(JSON.stringify({ email: long }), JSON_TYPE)).toEqual(TOO_LARGE);
      expect(await send(`email=${long}`, FORM_TYPE)).toEqual(TOO_LARGE);
    });

    it('takes JSON with a charset, and a body with a byte order mark', async () => {
      const answer = await send('\uFEFF{}', { 'content-type': 'application/json; charset=utf-8' });
      expect(answer).not.toEqual(UNREADABLE);
      expect(answer).not.toEqual(UNSUPPORTED);
    });

    it('reads no body at all as an empty object', async () => {
      expect(await send(undefined, {})).toEqual(await send('{}', JSON_TYPE));
      expect(await send('', JSON_TYPE)).toEqual(await send('{}', JSON_TYPE));
    });

    it('reads no field from the query', async () => {
      const query = new URLSearchParams({
        email: 'query@example.com',
        password: PASSWORD,
        password1: PASSWORD,
        password2: PASSWORD,
        first_name: 'Query',
      });
      const answer = await server.api.send(method, `${path}?${query.toString()}`, {}, headers);
      expect(outcome(answer)).toMatchObject({ status: method === 'PATCH' ? 200 : 400 });
      expect(JSON.stringify(answer.body)).not.toContain('Query');
    });
  });

  describe('unknown routes', () => {
    it.each([
      '/api/v1.1',
      '/api/v1.1/',
      '/api/v1.1/nothing/',
      '/api/v1.1/auth/',
      '/api/v1.1/auth/login/xyz',
      '/api/v1.1/auth/ldap/login',
      '/api/v1.1/secure-connect/retrieve-token',
      '/api/v1.1/process/register/',
      '/api/v1.1/blocked-users/',
      '/api/v1.1/unblock-users',
      '/api/v1.1/acl/role/',
      '/api/v1.1/email-device/',
      '/api/v1.1/project/?c_auth_with_token=xxxxx',
      '/api/v1.1/AUTH/LOGIN/',
      '/api/v1.1//auth/login/',
    ])('answer 404 {detail}: %s', async (path) => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const body = method === 'POST' ? { email: 'a@example.com' } : undefined;
        expect(outcome(await server.api.send(method, path, body, headers))).toEqual(NOT_FOUND);
      }
    });

    it('answer before a broken or oversized body is read', async () => {
      expect(outcome(await server.api.post('/api/v1.1/nothing/', '{', JSON_TYPE))).toEqual(NOT_FOUND);
    });

    it('answer a page below /c', async () => {
      for (const path of ['/c', '/c/', '/c/nothing', '/c/confirm-user-email', '/c/confirm-user-email/']) {
        const answer = await server.api.get(path);
        expect(answer.status).toBe(404);
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(answer.body).toContain('This link is not valid');
      }
    });

    it('are those of another surface where the segment only begins alike', async () => {
      for (const path of ['/api/v1.10/auth/login/', '/cx', '/api/v1.1x']) {
        const answer = await server.api.get(path);
        expect(answer.status).toBe(404);
        expect(answer.body).not.toEqual({ detail: 'Not found.' });
      }
    });
  });

  describe('wrong methods', () => {
    it.each([
      ...POSTS.filter((path) => path !== LOGIN).map((path) => [path, ['POST', 'OPTIONS']] as const),
      [LOGIN, ['POST']] as const,
      [ME, ['GET', 'HEAD', 'PATCH']] as const,
    ])('answer 405 {detail} with Allow: %s', async (path, allowed) => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        if ((allowed as readonly string[]).includes(method)) continue;
        const answer = await server.api.send(method, path, undefined, headers);
        expect(outcome(answer)).toEqual({ status: 405, body: { detail: `Method "${method}" not allowed.` } });
        expect(answer.headers.get('allow')).toBe(allowed.join(', '));
      }
    });

    it('answer a page below /c', async () => {
      const answer = await server.api.send('DELETE', '/c/confirm-user-email/x', undefined);
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    });
  });

  describe('what is no proper request', () => {
    it.each(['/api/v1.1/account/me/%00', '/api/v1.1/account/me/?x=%00', '/api/v1.1/%ff', '/api/v1.1/%zz'])(
      'is answered with {detail}: %s',
      async (path) => {
        const answer = await raw(server, path, {});
        expect([400, 404]).toContain(answer.status);
        expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(['detail']);
      },
    );

    it('is answered below /c with a page', async () => {
      for (const path of [
        '/c/confirm-user-email/%ff',
        '/c/confirm-user-email/%00',
        `/c/confirm-user-email/${'a'.repeat(1_100)}`,
      ]) {
        const answer = await raw(server, path, {});
        expect([400, 404]).toContain(answer.status);
        expect(answer.body).toMatch(/^<!doctype html>/);
      }
    });
  });

  it('never tells of its inside: no stack, no driver, no path', async () => {
    const texts = await Promise.all(
      POSTS.map(async (path) => JSON.stringify((await server.api.post(path, '{', JSON_TYPE)).body)),
    );
    for (const text of texts) expect(text).not.toMatch(/ at |node_modules|SyntaxError|SELECT|position/);
  });
});

/** Sends what `fetch` would mend. */
function raw(
  server: TestGatehouse,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.api.address);
    const sent = request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
