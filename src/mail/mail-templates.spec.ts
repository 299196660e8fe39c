import { mkdtempSync, cpSync, rmSync, writeFileSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  MAIL_LOCALES,
  MAIL_TEMPLATE_NAMES,
  SAMPLE_VALUES,
  mailLocaleFor,
  type MailTemplateName,
} from './mail-template-values.js';
import { MailTemplateFault, MailTemplates } from './mail-templates.js';
import { packageRoot } from '../common/package-root.js';

const folder = join(packageRoot(), 'templates', 'mail');
const templates = new MailTemplates(folder);
const LINK = 'https://app.test/?a=1&b="><script>\'x';
const ESCAPED = 'https://app.test/?a=1&amp;b=&quot;&gt;&lt;script&gt;&#39;x';
const CONFIRM = 'https://app.test/c/confirm';

const everyMail = MAIL_TEMPLATE_NAMES.flatMap((name) =>
  MAIL_LOCALES.map((locale) => [name, locale] as const),
);
const count = (text: string, part: string) => text.split(part).length - 1;

function hostile(name: MailTemplateName) {
  const sample: Record<string, unknown> = { ...SAMPLE_VALUES[name] };
  if ('link' in sample) sample.link = LINK;
  if ('confirmLink' in sample) sample.confirmLink = CONFIRM;
  return sample as never;
}

describe.each(everyMail)('mail %s in %s', (name, locale) => {
  const mail = templates.render(name, locale, hostile(name));
  const hasLink = 'link' in SAMPLE_VALUES[name];
  const hasConfirmLink = 'confirmLink' in SAMPLE_VALUES[name];

  it('has a subject of one line', () => {
    expect(mail.subject).toMatch(/^[^\r\n]{10,100}$/);
  });

  it('shows each link once, alone on its line and not escaped, in the text', () => {
    const lines = mail.text.split('\n');
    expect(count(mail.text, LINK)).toBe(Number(hasLink));
    expect(lines.filter((line) => line === LINK)).toHaveLength(Number(hasLink));
    expect(lines.filter((line) => line === CONFIRM)).toHaveLength(Number(hasConfirmLink));
  });

  it('shows each link once, escaped, behind words, in the HTML', () => {
    const links = [...mail.html.matchAll(/<a href="([^"]*)">([^<]+)<\/a>/g)];
    expect(links.map(([, href]) => href)).toEqual([
      ...(hasConfirmLink ? [CONFIRM] : []),
      ...(hasLink ? [ESCAPED] : []),
    ]);
    links.forEach(([, , words]) => expect(words).toMatch(/^[\p{L} ]+$/u));
    expect(mail.html).not.toContain('<script>');
  });

  it('names no other place and loads nothing', () => {
    const rest = (text: string) => text.replaceAll(LINK, '').replaceAll(ESCAPED, '').replaceAll(CONFIRM, '');
    expect(rest(mail.text) + rest(mail.html) + mail.subject).not.toMatch(
      /:\/\/|www\.|<!|xmlns|<img|src=|style/i,
    );
  });

  it('says the same in both parts', () => {
    const words = (html: string) =>
      html
        .replace(/<a .*<\/a>/g, '')
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    const spoken = mail.text.replace(LINK, '').replace(CONFIRM, '').replace(/\s+/g, ' ').trim();
    expect(words(mail.html)).toBe(spoken);
  });

  it('leaves no placeholder', () => {
    expect(mail.subject + mail.text + mail.html).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });
});

describe('MailTemplates', () => {
  it('puts times in the plural of the language', () => {
    const text = (locale: string, hours: number) =>
      templates.render('reset-password', locale, { link: LINK, hours }).text.replace(/\s+/g, ' ');
    expect(text('en', 1)).toContain('expires after 1 hour.');
    expect(text('fr', 4)).toContain('au bout de 4 heures.');
    expect(text('pl', 4)).toContain('ważności: 4 godziny.');
    expect(text('pl', 12)).toContain('ważności: 12 godzin.');
  });

  it('says an instant in the language, in UTC', () => {
    const at = Date.UTC(2026, 0, 2, 15, 4);
    const text = (locale: string) =>
      templates.render('new-sign-in', locale, { ...SAMPLE_VALUES['new-sign-in'], at }).text;
    expect(text('en')).toMatch(/^When: January 2, 2026 at 15:04 UTC$/m);
    expect(text('fr')).toMatch(/^Quand : 2 janvier 2026 à 15:04 UTC$/m);
    expect(text('pl')).toMatch(/^Kiedy: 2 stycznia 2026 15:04 UTC$/m);
  });

  it('is silent about what is not known', () => {
    const unknown = { ...SAMPLE_VALUES['password-changed'], byAuthority: '', address: '', browser: '' };
    const { text, html } = templates.render('password-changed', 'en', unknown);
    expect(text + html).not.toMatch(/Address|Browser|administrator/);
    expect(text).toContain('\n\nWhen: January 2, 2026 at 15:04 UTC\n\nIf you');
  });

  it('escapes what a caller could have written, in the HTML', () => {
    const hostileValues = { ...SAMPLE_VALUES['new-sign-in'], browser: '<b>', address: '"&' };
    expect(templates.render('new-sign-in', 'en', hostileValues).html).toContain('<br>Browser: &lt;b&gt;');
    expect(templates.render('new-sign-in', 'en', hostileValues).html).toContain('<br>Address: &quot;&amp;');
  });

  it.each([
    ['fr-CA', 'fr'],
    ['pl_PL', 'pl'],
    ['FR', 'fr'],
    ['de', 'en'],
    ['', 'en'],
    [null, 'en'],
    ['__proto__', 'en'],
  ])('speaks to %p in %s', (asked, spoken) => {
    expect(mailLocaleFor(asked)).toBe(spoken);
  });

  it('refuses a value that is not there', () => {
    expect(() => templates.render('reset-password', 'en', { hours: 4 } as never)).toThrow(MailTemplateFault);
  });

  describe('at start', () => {
    let copy: string;
    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'templates-'));
      cpSync(folder, copy, { recursive: true });
    });
    afterEach(() => rmSync(copy, { recursive: true }));

    it.each([
      ['an unknown value', 'Hello {{name}}'],
      ['a syntax error', 'Hello {{#if}'],
      ['a prototype', 'Hello {{link.constructor.name}}'],
      ['a partial', 'Hello {{> other}}'],
    ])('names the file that has %s', (_what, faulty) => {
      const path = join(copy, 'set-password', 'pl', 'text.hbs');
      writeFileSync(path, faulty);
      expect(() => new MailTemplates(copy)).toThrow(`The mail template ${path} is faulty: `);
    });

    it('names a file that is missing', () => {
      const path = join(copy, 'email-changed', 'fr', 'html.hbs');
      unlinkSync(path);
      expect(() => new MailTemplates(copy)).toThrow(`The mail template ${path} is faulty: ENOENT`);
    });
  });
});
