import fc from 'fast-check';
import { EmailFormatInvalid, UrlFormatInvalid } from './link-format.errors.js';
import { parseEmailFormat } from './email-format.js';
import { parseUrlFormat } from './url-format.js';

const places = {
  webAppUrl: 'https://app.test/web',
  linkOrigins: ['https://app.test', 'http://localhost:3000', 'https://other.test:8443'],
};
const values = { token: 'a1b2', email: 'ada+x@example.com' };

describe('parseUrlFormat', () => {
  it.each([
    ['/#/set-password/{token}/{email}/', 'https://app.test/web/#/set-password/a1b2/ada%2Bx%40example.com/'],
    ['/?t={token}&e={email}', 'https://app.test/web/?t=a1b2&e=ada%2Bx%40example.com'],
    ['https://app.test/{token}/{email}', 'https://app.test/a1b2/ada%2Bx%40example.com'],
    ['https://app.test?{email}={token}', 'https://app.test?ada%2Bx%40example.com=a1b2'],
    ['https://app.test:443/{token}/{email}', 'https://app.test:443/a1b2/ada%2Bx%40example.com'],
    ['https://other.test:8443/#{token}{email}', 'https://other.test:8443/#a1b2ada%2Bx%40example.com'],
    ['/{token}/{token}/{email}', 'https://app.test/web/a1b2/a1b2/ada%2Bx%40example.com'],
    [
      '/constructor/{token}/__proto__/{email}',
      'https://app.test/web/constructor/a1b2/__proto__/ada%2Bx%40example.com',
    ],
  ])('fills %s', (format, link) => {
    expect(parseUrlFormat(format, places).link(values)).toBe(link);
  });

  it('fills nothing twice', () => {
    const link = parseUrlFormat('/{token}/{email}', places).link({ token: '{email}', email: '$&{token}' });
    expect(link).toBe('https://app.test/web/%7Bemail%7D/%24%26%7Btoken%7D');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', ['/{token}/{email}']],
    ['empty', ''],
    ['no token', '/{email}'],
    ['no email', '/{token}'],
    ['an unknown placeholder', '/{token}/{email}/{user}'],
    ['an attribute', '/{token.__class__}/{token}/{email}'],
    ['an index', '/{token[0]}/{token}/{email}'],
    ['a conversion', '/{token!r}/{token}/{email}'],
    ['a format', '/{token:>9999999}/{token}/{email}'],
    ['an empty placeholder', '/{}/{token}/{email}'],
    ['doubled braces', '/{{token}}/{email}'],
    ['a brace left open', '/{token}/{email}/{'],
    ['a brace too many', '/{token}/{email}}'],
    ['a placeholder in a placeholder', '/{token}/{email}/{ema{token}il}'],
    ['a second address in the query', '/{token}/{email}?next=https://evil.test'],
    ['a second address after a bracket', '/>https://evil.test/{token}/{email}'],
    ['a bracket', '/<{token}/{email}'],
    ['a quote', '/")/{token}/{email}'],
    ['a bar', '/|/{token}/{email}'],
    ['a comma', '/x,y/{token}/{email}'],
    ['a host in the fragment', '/#/a//evil.test/{token}/{email}'],
    ['a line break', '/{token}/{email}\r\nBcc: evil@evil.test'],
    ['a null', '/{token}/{email}\0'],
    ['a blank', '/ {token}/{email}'],
    ['a no-break blank', '/\u00a0{token}/{email}'],
    ['a leading blank', ' /{token}/{email}'],
    ['text that turns around', '/\u202e{token}/{email}'],
    ['half a character', '/\ud800{token}/{email}'],
    ['a backslash', '/\\evil.test/{token}/{email}'],
    ['no scheme', '//evil.test/{token}/{email}'],
    ['many slashes', '///evil.test/{token}/{email}'],
    ['no slash', '#/{token}/{email}'],
    ['a bare host', 'app.test/{token}/{email}'],
    ['a foreign origin', 'https://evil.test/{token}/{email}'],
    ['another scheme of a known host', 'http://app.test/{token}/{email}'],
    ['another port of a known host', 'https://app.test:8443/{token}/{email}'],
    ['a longer host', 'https://app.test.evil.test/{token}/{email}'],
    ['a subdomain', 'https://www.app.test/{token}/{email}'],
    ['a host with a final dot', 'https://app.test./{token}/{email}'],
    ['a user', 'https://app.test@evil.test/{token}/{email}'],
    ['a user at the right place', 'https://evil@app.test/{token}/{email}'],
    ['credentials', 'https://a:b@app.test/{token}/{email}'],
    ['no authority', 'https:///app.test/{token}/{email}'],
    ['one slash', 'https:/app.test/{token}/{email}'],
    ['no slash after the scheme', 'https:app.test/{token}/{email}'],
    ['an escaped host', 'https://app%2Etest/{token}/{email}'],
    ['a placeholder in the host', 'https://app.test{token}/{email}'],
    ['a placeholder as the host', 'https://{email}/{token}'],
    ['a placeholder as the port', 'https://app.test:{token}/{email}'],
    ['a placeholder as the user', 'https://{token}@app.test/{email}'],
    ['script', 'javascript:alert(1)//{token}/{email}'],
    ['data', 'data:text/html,{token}{email}'],
    ['a file', 'file:///etc/{token}/{email}'],
    ['another protocol', 'ftp://app.test/{token}/{email}'],
    ['too much', `/{token}/{email}/${'a'.repeat(2_000)}`],
  ])('refuses %s', (_what, format) => {
    expect(() => parseUrlFormat(format, places)).toThrow(UrlFormatInvalid);
  });

  it('never leads elsewhere, whatever passes', () => {
    const part = fc.constantFrom(
      ...['/', '//', '\\', '@', ':', '?', '#', '.', '%', '{token}', '{email}', '{', '}', ' ', '\t'],
      ...['https://app.test', 'https://', 'https:', 'evil.test', 'app.test', 'a', '%2f', '\u3002', ';'],
    );
    const formats = fc.oneof(
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.tuple(part, fc.string(), fc.string()).map(([a, b, c]) => `${a}${b}{token}${c}{email}`),
      fc.string().map((rest) => `https://app.test/{token}${rest}{email}`),
    );
    const words = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(formats, words, words, (format, token, email) => {
        let parsed;
        try {
          parsed = parseUrlFormat(format, places);
        } catch (error) {
          expect(error).toBeInstanceOf(UrlFormatInvalid);
          return;
        }
        const link = parsed.link({ token, email });
        expect(places.linkOrigins).toContain(new URL(link).origin);
        expect(new URL(link).username).toBe('');
        expect(link).not.toMatch(/[\p{C}\s{}]/u);
        expect(link).toContain(encodeURIComponent(token));
        expect(link).toContain(encodeURIComponent(email));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('parseEmailFormat', () => {
  const link = 'https://app.test/#/set-password/a1b2/';
  const text = (format: string) => parseEmailFormat(format, places).text({ link, email: 'ada@example.com' });

  it('is the whole text, not escaped', () => {
    expect(text('Hi {email} & "all",\r\n\n\t{link}\n<done>')).toBe(
      `Hi ada@example.com & "all",\r\n\n\t${link}\n<done>`,
    );
  });

  it('fills nothing twice', () => {
    const format = parseEmailFormat('{email} {link}', places);
    expect(format.text({ link: "$& $' {email}", email: '{link}' })).toBe("{link} $& $' {email}");
  });

  it.each([
    'Your link: {link}',
    'Your link:{link}',
    '<{link}>',
    '({link}).',
    'Version 2.0, e.g. this: {link}',
  ])('takes %s', (format) => expect(text(format)).toContain(link));

  it('may name our own origins', () => {
    expect(text('See (https://app.test/help). {link}')).toContain('https://app.test/help');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an object', {}],
    ['empty', ''],
    ['no link', 'Hi {email}'],
    ['a token', '{link} {token}'],
    ['an attribute', '{link} {link.x}'],
    ['doubled braces', '{{link}}'],
    ['a lone brace', '{link} }'],
    ['a made-up placeholder', '{li{email}nk} {link}'],
    ['a null', '{link}\0'],
    ['an escape', '{link}\u001b[31m'],
    ['a foreign URL', '{link} or https://evil.test/'],
    ['a foreign URL of another scheme', '{link} or ftp://app.test/'],
    ['a longer host', '{link} https://app.test.evil.test'],
    ['a host lengthened by a value', '{link} https://app.test{email}'],
    ['a user before a host', '{link} https://app.test@evil.test'],
    ['a backslash in a URL', '{link} https://app.test\\@evil.test'],
    ['a bare host', 'Hi evil.test {link}'],
    ['a host before the link', 'www.evil.test/?{link}'],
    ['a scheme with backslashes', 'https:\\\\evil.test/ {link}'],
    ['a scheme-relative host', '//evil.test/ {link}'],
    ['a mail address', 'mailto:x@evil.test {link}'],
    ['a script', 'javascript:alert(1) {link}'],
    ['a quote inside our own URL', 'https://app.test/"https://evil.test/ {link}'],
    ['our own URL that leads on', 'https://app.test/?u=https://evil.test/ {link}'],
    ['letters around the link', 'x{link}y'],
    ['something behind the link', '{link}.evil'],
    ['a URL around the link', 'https://evil.test/?to={link}'],
    ['too much', `{link}${'a'.repeat(10_000)}`],
  ])('refuses %s', (_what, format) => {
    expect(() => parseEmailFormat(format, places)).toThrow(EmailFormatInvalid);
  });
});
