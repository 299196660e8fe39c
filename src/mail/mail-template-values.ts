/** The languages that every mail is written in; the first one serves whoever speaks none of them. */
export const MAIL_LOCALES = ['en', 'fr', 'pl'] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

/** What each mail says that the template does not. Times are numbers; the mail puts them in words. */
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
  /** The last mail to somebody of whom nothing is kept. */
  readonly 'account-erased': Circumstances;
  /** A notice to the address that was replaced. */
  readonly 'email-changed': Circumstances;
  /** Notices to the user, with `link` to the pages; none has a token. */
  readonly 'password-changed': Circumstances & { readonly link: string };
  readonly 'factor-changed': Circumstances & FactorChange & { readonly link: string };
  readonly 'identity-changed': Circumstances & {
    readonly linked: string;
    readonly unlinked: string;
    readonly provider: string;
    readonly link: string;
  };
  readonly 'new-sign-in': Circumstances & { readonly link: string };
}

/** When, by whom and from where something was done; what is empty is not said. */
export interface Circumstances {
  /** In ms since 1970. */
  readonly at: number;
  /** Not empty when somebody with authority over the user did it. */
  readonly byAuthority: string;
  readonly address: string;
  /** In words of ours. */
  readonly browser: string;
}

/** What happened to a second factor: one of the first four is not empty. */
export interface FactorChange {
  readonly added: string;
  readonly removed: string;
  readonly codesRenewed: string;
  readonly codeUsed: string;
  readonly codesLeft: string;
}

export type MailTemplateName = keyof MailTemplateValues;

/** One template with its values, checked together by the compiler. */
export type TemplatedMail = {
  [Name in MailTemplateName]: { readonly template: Name; readonly values: MailTemplateValues[Name] };
}[MailTemplateName];

const SAMPLE_LINK = 'http://localhost:3000/#/sample/token/user%40example.com/';

const SAMPLE_CIRCUMSTANCES: Circumstances = {
  at: Date.UTC(2026, 0, 2, 15, 4),
  byAuthority: 'yes',
  address: '192.0.2.1',
  browser: 'Firefox, Linux',
};

/** Values that every template is tried with at start, in all its branches. */
export const SAMPLE_VALUES: MailTemplateValues = {
  'set-password': { link: SAMPLE_LINK, days: 7 },
  'confirm-email': { link: SAMPLE_LINK, days: 7 },
  'confirm-and-set-password': { confirmLink: `${SAMPLE_LINK}confirm`, link: SAMPLE_LINK, days: 7 },
  'reset-password': { link: SAMPLE_LINK, hours: 4 },
  'sign-in-link': { link: SAMPLE_LINK, minutes: 15 },
  'sign-in-code': { code: '01234567', minutes: 10 },
  'collaborator-invitation': { inviter: 'Ada Lovelace', link: SAMPLE_LINK, days: 30 },
  'already-registered': {},
  'account-erased': SAMPLE_CIRCUMSTANCES,
  'email-changed': SAMPLE_CIRCUMSTANCES,
  'password-changed': { ...SAMPLE_CIRCUMSTANCES, link: SAMPLE_LINK },
  'factor-changed': {
    ...SAMPLE_CIRCUMSTANCES,
    added: 'yes',
    removed: 'yes',
    codesRenewed: 'yes',
    codeUsed: 'yes',
    codesLeft: '9',
    link: SAMPLE_LINK,
  },
  'identity-changed': {
    ...SAMPLE_CIRCUMSTANCES,
    linked: 'yes',
    unlinked: 'yes',
    provider: 'twitter',
    link: SAMPLE_LINK,
  },
  'new-sign-in': { ...SAMPLE_CIRCUMSTANCES, link: SAMPLE_LINK },
};

export const MAIL_TEMPLATE_NAMES = Object.keys(SAMPLE_VALUES) as readonly MailTemplateName[];

/** The language of a mail for somebody who asked for `locale` (`fr`, `fr-CA`, `pl_PL`, anything). */
export function mailLocaleFor(locale: string | null): MailLocale {
  const language = (locale ?? '').split(/[-_]/)[0]?.toLowerCase();
  return MAIL_LOCALES.find((known) => known === language) ?? MAIL_LOCALES[0];
}
