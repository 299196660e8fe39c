import type { MigrationInterface } from 'typeorm';
import { Identity1763640000100 } from './1763640000100-identity.js';
import { Grants1763640000200 } from './1763640000200-grants.js';
import { Mail1763640000300 } from './1763640000300-mail.js';
import { SigningKeys1763640000400 } from './1763640000400-signing-keys.js';
import { KeysAndRoles1763640000500 } from './1763640000500-keys-and-roles.js';
import { Clients1763640000600 } from './1763640000600-clients.js';
import { Images1763640000700 } from './1763640000700-images.js';
import { Collaborators1763640000710 } from './1763640000710-collaborators.js';
import { Social1763640000720 } from './1763640000720-social.js';
import { Audit1763640000800 } from './1763640000800-audit.js';
import { Factors1763640000810 } from './1763640000810-factors.js';
import { FactorsFurther1763640000900 } from './1763640000900-factors-further.js';
import { KnownBrowsers1763640000910 } from './1763640000910-known-browsers.js';
import { PasswordPolicy1763640000920 } from './1763640000920-password-policy.js';
import { NamesToFind1763640000921 } from './1763640000921-names-to-find.js';
import { NativeApi1763640000930 } from './1763640000930-native-api.js';
import { OutboxStates1763640000931 } from './1763640000931-outbox-states.js';
import { Passkeys1763640000940 } from './1763640000940-passkeys.js';
import { PersonalMails1763640001000 } from './1763640001000-personal-mails.js';
import { PersonalData1763640001001 } from './1763640001001-personal-data.js';

/** Every migration, oldest first. A landed one is never edited. */
export const migrations: (new () => MigrationInterface)[] = [
  Identity1763640000100,
  Grants1763640000200,
  Mail1763640000300,
  SigningKeys1763640000400,
  KeysAndRoles1763640000500,
  Clients1763640000600,
  Images1763640000700,
  Collaborators1763640000710,
  Social1763640000720,
  Audit1763640000800,
  Factors1763640000810,
  FactorsFurther1763640000900,
  KnownBrowsers1763640000910,
  PasswordPolicy1763640000920,
  NamesToFind1763640000921,
  NativeApi1763640000930,
  OutboxStates1763640000931,
  Passkeys1763640000940,
  PersonalMails1763640001000,
  PersonalData1763640001001,
];
