/** The languages that every mail is written in; the first one serves whoever speaks none of them. */
export const MAIL_LOCALES = ['en', 'fr', 'pl'] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

/** What each mail says that the template does not. Times to live are numbers; the mail puts them in words. */
export interface MailTemplateValues {
  /** Registered without a password: `link` sets one. */
  readonly 'set-password': { readonly link: string; readonly days: number };
  readonly 'confirm-email': { readonly link: string; readonly days: number };
  /** Both in one mail: `confirmLink` confirms the address, `link` sets the password. */
  readonly 'confirm-and-set-password': {
    readonly confirmLink: string;
    readonly link: string;
    readonly days: number;
  };
  readonly 'reset-password': { readonly link: string; readonly hours: number };
  /** `link` opens the page that signs in. */
  readonly 'sign-in-link': { readonly link: string; readonly minutes: number };
  /** `code` completes a sign-in that waits for it. */
  readonly 'sign-in-code': { readonly code: string; readonly minutes: number };
  /** `inviter` is a name that a stranger chose: see `plainName`. */
  readonly 'collaborator-invitation': {
    readonly inviter: string;
    readonly link: string;
    readonly days: number;
  };
  /** Somebody tried to register with an address that has an account. */
  readonly 'already-registered': Readonly<Record<never, never>>;
  /** A notice to the address that was replaced. */
  readonly 'email-changed': Readonly<Record<never, never>>;
}

export type MailTemplateName = keyof MailTemplateValues;

/** One template with its values, checked together by the compiler. */
export type TemplatedMail = {
  [Name in MailTemplateName]: { readonly template: Name; readonly values: MailTemplateValues[Name] };
}[MailTemplateName];

const SAMPLE_LINK = 'http://localhost:3000/#/sample/token/user%40example.com/';

/** Values that every template is tried with at start. */
export const SAMPLE_VALUES: MailTemplateValues = {
  'set-password': { link: SAMPLE_LINK, days: 7 },
  'confirm-email': { link: SAMPLE_LINK, days: 7 },
  'confirm-and-set-password': { confirmLink: `${SAMPLE_LINK}confirm`, link: SAMPLE_LINK, days: 7 },
  'reset-password': { link: SAMPLE_LINK, hours: 4 },
  'sign-in-link': { link: SAMPLE_LINK, minutes: 15 },
  'sign-in-code': { code: '01234567', minutes: 10 },
  'collaborator-invitation': { inviter: 'Ada Lovelace', link: SAMPLE_LINK, days: 30 },
  'already-registered': {},
  'email-changed': {},
};

export const MAIL_TEMPLATE_NAMES = Object.keys(SAMPLE_VALUES) as readonly MailTemplateName[];

/** The language of a mail for somebody who asked for `locale` (`fr`, `fr-CA`, `pl_PL`, anything). */
export function mailLocaleFor(locale: string | null): MailLocale {
  const language = (locale ?? '').split(/[-_]/)[0]?.toLowerCase();
  return MAIL_LOCALES.find((known) => known === language) ?? MAIL_LOCALES[0];
}
