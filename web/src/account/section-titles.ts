import type { Section } from '../route.js';
import type { TextName } from '../texts/texts.js';

/** What each section is called. */
export const SECTION_TITLES = {
  overview: 'accountTitle',
  profile: 'profileTitle',
  email: 'email',
  password: 'password',
  'second-factors': 'factorsTitle',
  passkeys: 'passkeysTitle',
  sessions: 'sessions',
  identities: 'identitiesTitle',
  notifications: 'notificationsTitle',
  data: 'dataTitle',
} as const satisfies Record<Section, TextName>;
