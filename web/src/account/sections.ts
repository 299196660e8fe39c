import type { Section } from '../route.js';
import { EmailAddress } from './email-address.js';
import { Identities } from './identities.js';
import { MyData } from './my-data.js';
import { Notifications } from './notifications.js';
import { OwnPassword } from './own-password.js';
import { Overview } from './overview.js';
import { Passkeys } from './passkeys.js';
import { Profile } from './profile.js';
import { SecondFactors } from './second-factors.js';
import { Sessions } from './sessions.js';
import type { SectionPart } from './user.js';

/** What is shown under each section's address. */
export const SECTION_PARTS: Readonly<Record<Section, SectionPart>> = {
  overview: Overview,
  profile: Profile,
  email: EmailAddress,
  password: OwnPassword,
  'second-factors': SecondFactors,
  passkeys: Passkeys,
  sessions: Sessions,
  identities: Identities,
  notifications: Notifications,
  data: MyData,
};
