import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const SCRIPT = /<script type="module" src="(\/cockpit\/assets\/[\w.-]+\.js)"><\/script>/;

describe('/cockpit', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const page = (language = 'en') => server.api.get('/cockpit', { 'accept-language': language });
  const nonceIn = (text: string, pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
  const script = async () => nonceIn((await page()).body as string, SCRIPT);

  it('is a page that may load our scripts, and styles with the nonce of this very answer', async () => {
    const { status, headers, body } = await page();
    const policy = headers.get('content-security-policy') ?? '';
    const nonce = nonceIn(policy, /'nonce-([\w-]{22})'/);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "connect-src 'self'",
      "img-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(body).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(body).toMatch(SCRIPT);
    expect(body).not.toMatch(/https?:|<style|style=|onload/);
  });

  it('has another nonce in each answer', async () => {
    const policies = await Promise.all(
      [page(), page(), page()].map(async (answer) => (await answer).headers),
    );
    const nonces = policies.map((headers) =>
      nonceIn(headers.get('content-security-policy') ?? '', /'nonce-([\w-]+)'/),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it.each([
    ['fr-CA, en;q=0.5', 'fr'],
    ['pl', 'pl'],
    ['de', 'en'],
  ])('is in the language of the browser: %s', async (asked, language) => {
    expect((await page(asked)).body).toContain(`<html lang="${language}">`);
  });

  it('answers a HEAD as a GET, without the page', async () => {
    const { status, headers, body } = await server.api.send('HEAD', '/cockpit', undefined);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/'nonce-/);
    expect(body).toBe('');
  });

  it('has scripts that browsers keep for a year: another content has another name', async () => {
    const { status, headers, body } = await server.api.get(await script());
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((body as string).length).toBeGreaterThan(1_000);
  });

  it.each([
    'nothing.js',
    'manifest.json',
    '..%2Fmanifest.json',
    '..%2f..%2fmain.js',
    '%2e%2e%2fmanifest.json',
    'constructor',
    '__proto__',
  ])('knows no asset %s', async (name) => {
    expect((await server.api.get(`/cockpit/assets/${name}`)).status).toBe(404);
  });

  it('takes nothing', async () => {
    expect((await server.api.post('/cockpit', {})).status).toBe(405);
  });
});
