import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';

/** The languages that every page is written in; the first one serves whoever speaks none of them. */
export const PAGE_LOCALES = ['en', 'fr', 'pl'] as const;

type Values = Readonly<Record<string, string>>;

/** Every page, with values that it is tried with at start: what it asks for beyond them is a fault. */
const SAMPLE_VALUES = {
  app: { script: '/assets/app.js', registration: 'by-mail', providers: 'sample' },
  'confirm-email': {},
  'email-confirmed': {},
  'confirmation-used': {},
  'link-unknown': {},
  unsubscribe: {},
  unsubscribed: {},
  logout: {},
  'signed-out': {},
  error: { code: 'sample' },
  'hand-over': { nonce: 'sample', callback: 'sample', answer: '{}', origins: '[]' },
} satisfies Record<string, Values>;

export type PageName = keyof typeof SAMPLE_VALUES;

export const PAGE_NAMES = Object.keys(SAMPLE_VALUES) as readonly PageName[];

/** A template is missing, faulty, or asks for a value that its page does not have. */
export class PageTemplateFault extends Error {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    super(`The page template ${path} is faulty: ${reason}`, { cause });
    this.name = 'PageTemplateFault';
  }
}

/** The hosted pages: `<folder>/<name>/<locale>.hbs` inside `<folder>/layout.hbs`, all compiled and tried at start. */
export class PageRenderer {
  private readonly handlebars = Handlebars.create();
  private readonly pages = new Map<string, (values: Values) => string>();

  /** @throws PageTemplateFault */
  constructor(folder: string) {
    this.handlebars.registerPartial('layout', read(join(folder, 'layout.hbs')));
    for (const name of PAGE_NAMES) {
      for (const locale of PAGE_LOCALES) {
        const path = join(folder, name, `${locale}.hbs`);
        this.pages.set(`${name}/${locale}`, this.compile(path));
        const html = this.render(name, locale, SAMPLE_VALUES[name]);
        // Handlebars takes a misspelt layout for none.
        if (!html.startsWith('<!doctype html>')) throw new PageTemplateFault(path, 'it has no layout');
      }
    }
  }

  /**
   * The page as HTML in the language `locale`, in English when it is none of `PAGE_LOCALES`. Every
   * value is escaped. `error` needs `code`, `app` the address of its script, how one registers and
   * where one may sign in elsewhere, `hand-over` what it hands over; the other pages need no value.
   * @throws PageTemplateFault when a value that the page asks for is not given.
   */
  render(name: PageName, locale: string, values: Values = {}): string {
    const language = PAGE_LOCALES.find((known) => known === locale) ?? PAGE_LOCALES[0];
    const page = this.pages.get(`${name}/${language}`);
    if (!page) throw new Error(`There is no page ${name}`);
    return page({ ...values, locale: language });
  }

  /** Strict: a value that is not given is a fault, not an empty space. */
  private compile(path: string): (values: Values) => string {
    const template = this.handlebars.compile<Values>(read(path), {
      strict: true,
      knownHelpersOnly: true,
      preventIndent: true,
    });
    const guarded = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };
    return (values) => {
      try {
        return template(values, guarded);
      } catch (error) {
        throw new PageTemplateFault(path, error);
      }
    };
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PageTemplateFault(path, error);
  }
}
