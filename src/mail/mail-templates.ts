import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { escapeHtml } from './escape-html.js';
import {
  MAIL_LOCALES,
  MAIL_TEMPLATE_NAMES,
  SAMPLE_VALUES,
  mailLocaleFor,
  type MailLocale,
  type MailTemplateName,
  type MailTemplateValues,
} from './mail-template-values.js';

/** A mail in words. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A template is missing, faulty, or asks for a value that its mail does not have. */
export class MailTemplateFault extends Error {
  constructor(path: string, cause: unknown) {
    const [reason = ''] = String((cause as Error).message).split('\n');
    super(`The mail template ${path} is faulty: ${reason}`, { cause });
    this.name = 'MailTemplateFault';
  }
}

type Part = 'subject' | 'text' | 'html';
type Values = Readonly<Record<string, string>>;
type Compiled = Readonly<Record<Part, (values: Values) => string>>;

/** The mails' words: `<folder>/<name>/<locale>/{subject,text,html}.hbs`, all compiled and tried at start. */
export class MailTemplates {
  private readonly compiled = new Map<string, Compiled>();

  /** @throws MailTemplateFault */
  constructor(folder: string) {
    for (const name of MAIL_TEMPLATE_NAMES) {
      for (const locale of MAIL_LOCALES) {
        const path = join(folder, name, locale);
        this.compiled.set(`${name}/${locale}`, {
          subject: compile(join(path, 'subject.hbs')),
          text: compile(join(path, 'text.hbs')),
          html: compile(join(path, 'html.hbs')),
        });
        this.render(name, locale, SAMPLE_VALUES[name]);
      }
    }
  }

  /**
   * The mail in the language of `locale`, in English when it has none of ours. In the HTML part every
   * value is escaped, in the subject and the text part none.
   */
  render<Name extends MailTemplateName>(
    name: Name,
    locale: string | null,
    values: MailTemplateValues[Name],
  ): RenderedMail {
    const language = mailLocaleFor(locale);
    const parts = this.compiled.get(`${name}/${language}`);
    if (!parts) throw new Error(`There is no mail template ${name}`);
    const plain = inWords(values, language);
    const escaped = Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, escapeHtml(value)]));
    return {
      subject: parts.subject(plain).trim(),
      text: parts.text(plain),
      html: parts.html(escaped),
    };
  }
}

/**
 * Strict: a value that is not given is a fault, not an empty space. Values are escaped before they
 * get here, so no template can forget to.
 */
function compile(path: string): (values: Values) => string {
  try {
    const template = Handlebars.compile<Values>(readFileSync(path, 'utf8'), {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
    });
    const guarded = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
    return (values) => {
      try {
        return template(values, guarded);
      } catch (error) {
        throw new MailTemplateFault(path, error);
      }
    };
  } catch (error) {
    throw new MailTemplateFault(path, error);
  }
}

const INSTANT = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' } as const;
const UNITS: Readonly<Record<string, string>> = { days: 'day', hours: 'hour', minutes: 'minute' };

/**
 * Times to live become `7 days`, `4 godziny`, and `at` becomes `2 janvier 2026 à 15:04 UTC`; the forms are
 * the language's own.
 */
function inWords(values: object, locale: MailLocale): Values {
  const words = Object.entries(values).map(([key, value]: [string, string | number]) => {
    if (typeof value === 'string') return [key, value];
    if (key === 'at') return [key, `${new Intl.DateTimeFormat(locale, INSTANT).format(value)} UTC`];
    const format = { style: 'unit', unit: UNITS[key], unitDisplay: 'long' } as const;
    return [key, new Intl.NumberFormat(locale, format).format(value)];
  });
  return Object.fromEntries(words) as Values;
}
