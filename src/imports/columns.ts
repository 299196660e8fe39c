import type { Arrival } from '../accounts/moving/import-run.js';
import { isComparable, normaliseIdentifier } from '../common/identifier.js';
import { LEVELS, USER_TYPES } from '../common/levels.js';
import { isNetwork } from '../common/networks.js';
import { isMailAddress } from '../mail/mail-address.js';
import { backupPasswordHash } from '../passwords/backup-password.js';
import { isVerifiableHash, VERIFIABLE_HASHES } from '../passwords/verifiable-hash.js';
import { CARD, PHONE } from '../users/identifier-shapes.js';
import { USER_STATES } from '../users/user.js';
import {
  anyText,
  CellFault,
  flag,
  instant,
  instantOrFlag,
  list,
  oneLine,
  shaped,
  spelt,
  text,
  word,
  type Cell,
} from './cells.js';

/** One column of CSV, and one field of JSON Lines. */
export interface Column<Key extends keyof Arrival = keyof Arrival> {
  readonly name: string;
  readonly key: Key;
  readonly cell: Cell<Arrival[Key]>;
  /** What it is, and what it is where nothing is given. */
  readonly about: string;
}

/** Any column, of a value that only its own cell knows. */
export type AnyColumn = { [Key in keyof Arrival]: Column<Key> }[keyof Arrival];

const NAME = oneLine(150);

const identifier = (most: number) => (value: string) =>
  oneLine(most)(value) ?? (isComparable(value) ? null : 'is blank, or too long when normalised');

const NO_ADDRESS = new CellFault('must be an e-mail address');
const NO_HASH = new CellFault(`must be ${VERIFIABLE_HASHES}`);

function spellAddress(value: string): string | CellFault {
  const address = normaliseIdentifier(value);
  return isMailAddress(address) ? address : NO_ADDRESS;
}

function spellHash(value: string): string | CellFault {
  return isVerifiableHash(value) ? value : (backupPasswordHash(value) ?? NO_HASH);
}

/** Everything that a file can tell of a user, in the order in which it is written. */
export const COLUMNS: readonly AnyColumn[] = [
  {
    name: 'externalId',
    key: 'externalId',
    cell: text('text, up to 255', oneLine(255)),
    about: 'by which id the system that he comes from (`--source`) knows him',
  },
  { name: 'type', key: 'type', cell: word(USER_TYPES), about: 'default `customer`' },
  {
    name: 'level',
    key: 'level',
    cell: word(LEVELS),
    about: 'default `member`; of an `admin` without `role` `manager`',
  },
  {
    name: 'state',
    key: 'state',
    cell: word(USER_STATES),
    about: 'default `active`; `new` must confirm his address first',
  },
  {
    name: 'email',
    key: 'email',
    cell: spelt('e-mail address', spellAddress),
    about: 'kept in lower case, its domain in ASCII',
  },
  {
    name: 'emailConfirmed',
    key: 'emailConfirmedAt',
    cell: instantOrFlag,
    about: 'since when the address is known to be his; default `false`',
  },
  {
    name: 'username',
    key: 'username',
    cell: text('text, up to 150', identifier(150)),
    about: 'with a letter and without `@`, but for his own address; of an `admin` any',
  },
  {
    name: 'phone',
    key: 'phone',
    cell: text('`+` and 6 to 15 digits', shaped(PHONE, 'must be + and 6 to 15 digits')),
    about: 'the `+` may be missing',
  },
  {
    name: 'card',
    key: 'card',
    cell: text('4 to 32 digits', shaped(CARD, 'must be 4 to 32 digits')),
    about: 'number of a loyalty card',
  },
  { name: 'firstName', key: 'firstName', cell: text('text, up to 150', NAME), about: '' },
  { name: 'lastName', key: 'lastName', cell: text('text, up to 150', NAME), about: '' },
  {
    name: 'accountName',
    key: 'accountName',
    cell: text('text, up to 150', NAME),
    about: 'what his personal account is called; default his names, else the part of his address before `@`',
  },
  {
    name: 'locale',
    key: 'locale',
    cell: text('such as `fr` or `fr_FR`', shaped(/^[A-Za-z0-9_-]{1,8}$/, 'must be a locale such as fr_FR')),
    about: 'the language of his mails',
  },
  {
    name: 'address',
    key: 'address',
    cell: text('text, up to 500', anyText(500)),
    about: 'may have several lines',
  },
  { name: 'zipCode', key: 'zipCode', cell: text('text, up to 32', oneLine(32)), about: '' },
  {
    name: 'passwordHash',
    key: 'passwordHash',
    cell: spelt('hash', spellHash),
    about: 'see below; without one he sets a password by a link',
  },
  {
    name: 'passwordChangedAt',
    key: 'passwordChangedAt',
    cell: instant,
    about: 'when he chose it, from which its age counts; default now',
  },
  {
    name: 'termsAccepted',
    key: 'acceptedTermsAt',
    cell: instantOrFlag,
    about: 'when he accepted the terms; default `false`',
  },
  {
    name: 'unsubscribed',
    key: 'unsubscribedFromAll',
    cell: flag,
    about: 'whether he wants no mails but those about his account; default `false`',
  },
  {
    name: 'unsubscribedFrom',
    key: 'unsubscribedFrom',
    cell: list('list', oneLine(150)),
    about: 'what he wants no mails about, if not all',
  },
  {
    name: 'roles',
    key: 'roles',
    cell: list('list', oneLine(150)),
    about: 'free words beside the level, in order; those of rights are below',
  },
  {
    name: 'role',
    key: 'role',
    cell: text('text, up to 150', NAME),
    about: 'the name of the free role of an administrator, which must be there',
  },
  {
    name: 'networks',
    key: 'networks',
    cell: list('list', (item) => (isNetwork(item) ? null : 'is no address or range')),
    about: 'from where his credentials count; default everywhere',
  },
  { name: 'createdAt', key: 'createdAt', cell: instant, about: 'since when he is there; default now' },
];

/** A list keeps every item in CSV and JSON alike; names of columns are told apart by case. */
export const COLUMNS_BY_NAME: ReadonlyMap<string, AnyColumn> = new Map(
  COLUMNS.map((column) => [column.name, column]),
);
