import type { Answer } from '../support/api.js';
import { cookieHeader, signInAt002 } from '../support/cookies.js';
import { makePerson } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const FORM = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** Contract 5: whatever the answer is, a browser does nothing with it that it should not. */
describe.each(['http://id.gatehouse.test', 'https://id.gatehouse.test'])('an answer at %s', (publicUrl) => {
  let server: TestGatehouse;
  let cookie: Record<string, string>;

  beforeAll(async () => {
    server = await startTestGatehouse({ PUBLIC_URL: publicUrl, RATE_LIMITS: 'on' });
    const person = await makePerson(server, { email: 'ada@example.com' });
    cookie = cookieHeader(await signInAt002(server.api, person));
    for (let times = 0; times < 60; times += 1) await server.api.post('/api/register', {});
  });
  afterAll(() => server.stop());

  const preflight = { origin: publicUrl, 'access-control-request-method': 'GET' };
  const answers: [kind: string, status: number, ask: () => Promise<Answer>][] = [
    ['JSON', 200, () => server.api.get('/api', cookie)],
    ['nothing', 204, () => server.api.post('/api/logout')],
    ['a redirect', 303, () => server.api.post('/api/logout', undefined, FORM)],
    ['a refusal', 400, () => server.api.post('/api/login', {})],
    ['no credential', 401, () => server.api.get('/v1/me')],
    ['a foreign page', 403, () => server.api.post('/api/login', {}, { origin: 'https://evil.example' })],
    ['no such path', 404, () => server.api.get('/api/nothing')],
    ['no such path of anybody', 404, () => server.api.get('/nothing')],
    ['a wrong method', 405, () => server.api.send('PUT', '/api/login', {})],
    ['too much', 413, () => server.api.post('/api/login', { username: 'x'.repeat(1_100_000) })],
    ['too often', 429, () => server.api.post('/api/register', {})],
    ['a preflight', 204, () => server.api.send('OPTIONS', '/v1/me', undefined, preflight)],
    ['a head', 200, () => server.api.send('HEAD', '/logout', undefined)],
    ['a page', 200, () => server.api.get('/')],
    ['a page with a form', 200, () => server.api.get('/logout')],
    ['a page that tells of a fault', 404, () => server.api.get('/c/confirm-user-email/nothing')],
    ['a style sheet', 200, () => server.api.get('/assets/page.css')],
    ['the description', 200, () => server.api.get('/docs')],
    ['the metrics', 200, () => server.api.get('/metrics')],
  ];

  it.each(answers)(
    'that is %s (%i) is not sniffed, framed or embedded, nor tells where one was',
    async (_, status, ask) => {
      const { status: answered, headers } = await ask();
      expect(answered).toBe(status);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|strict-origin)$/);
      expect(headers.get('strict-transport-security')).toBe(
        publicUrl.startsWith('https:') ? 'max-age=31536000' : null,
      );
      expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
    },
  );

  it.each(answers)(
    'that is %s (%i) and HTML loads nothing but ours, and posts nowhere else',
    async (_, _status, ask) => {
      const { headers, body } = await ask();
      if (!headers.get('content-type')?.startsWith('text/html')) return;
      const policy = headers.get('content-security-policy') ?? '';
      for (const directive of [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy.split('; ')).toContain(directive);
      }
      expect(policy).toMatch(/form-action '(self|none)'/);
      const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
      expect(scripts).not.toMatch(/unsafe|\*|https?:/);
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|javascript:/i);
    },
  );
});
