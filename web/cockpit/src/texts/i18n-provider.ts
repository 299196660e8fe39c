import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider, TranslationMessages } from 'react-admin';

const LANGUAGES = [
  { locale: 'en', name: 'English' },
  { locale: 'fr', name: 'Français' },
  { locale: 'pl', name: 'Polski' },
];

/** The words of the cockpit, at first in the language of the page; others are loaded when they are chosen. */
export async function loadI18nProvider(pageLanguage: string): Promise<I18nProvider> {
  const first = LANGUAGES.find(({ locale }) => locale === pageLanguage)?.locale ?? 'en';
  const messages = await load(first);
  return polyglotI18nProvider((locale) => (locale === first ? messages : load(locale)), first, LANGUAGES, {
    allowMissing: false,
  });
}

async function load(locale: string): Promise<TranslationMessages> {
  switch (locale) {
    case 'fr': {
      const [own, library] = await Promise.all([import('./fr.js'), import('ra-language-french')]);
      return { ...library.default, ...own.fr };
    }
    case 'pl': {
      const [own, library] = await Promise.all([import('./pl.js'), import('./react-admin-pl.js')]);
      return { ...library.reactAdminInPolish, ...own.pl };
    }
    default: {
      const [own, library] = await Promise.all([import('./en.js'), import('ra-language-english')]);
      return { ...library.default, ...own.en };
    }
  }
}
