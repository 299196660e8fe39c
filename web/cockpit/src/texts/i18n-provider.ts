import polyglotI18nProvider from 'ra-i18n-polyglot';
import english from 'ra-language-english';
import type { I18nProvider } from 'react-admin';
import { en } from './en.js';

const LANGUAGES = [
  { locale: 'en', name: 'English' },
  { locale: 'fr', name: 'Français' },
  { locale: 'pl', name: 'Polski' },
];

const inEnglish = { ...english, ...en };

/** The words of the cockpit: at first in the language of the page, others are loaded when they are chosen. */
export const i18nProvider: I18nProvider = polyglotI18nProvider(
  (locale) => {
    switch (locale) {
      case 'fr':
        return import('./fr.js').then(({ messages }) => messages);
      case 'pl':
        return import('./pl.js').then(({ messages }) => messages);
      default:
        return inEnglish;
    }
  },
  'en',
  LANGUAGES,
  { allowMissing: false },
);
