import type { Arrival } from '../accounts/moving/import-run.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { isAtLeast } from '../common/levels.js';
import { levelOfRoles } from '../users/ladder-words.js';
import { CellFault } from './cells.js';
import type { AnyColumn } from './columns.js';

/** What is wrong with a row: the column that it is about, or null for the row itself, and why. */
export interface FieldFault {
  readonly field: string | null;
  readonly why: string;
}

/** A row of a file with the line at which it begins: somebody, or everything that is wrong with it. */
export interface ReadRow {
  readonly line: number;
  readonly arrival: Arrival | null;
  readonly faults: readonly FieldFault[];
}

type Draft = { -readonly [Key in keyof Arrival]?: Arrival[Key] };

/** Puts together what the columns of one row tell. */
export class RowReader {
  private draft: Draft = {};
  private faults: FieldFault[] = [];

  /** @param now what is not told in the file happens now. */
  constructor(private readonly now: number) {}

  /** A cell of CSV; an empty one tells nothing. */
  takeText(column: AnyColumn, text: string): void {
    if (text !== '') this.keep(column, column.cell.fromText(text, this.now));
  }

  /** A field of JSON; null and the empty text tell nothing. */
  takeJson(column: AnyColumn, json: unknown): void {
    if (json !== null && json !== '') this.keep(column, column.cell.fromJson(json, this.now));
  }

  refuse(why: string): void {
    this.faults.push({ field: null, why });
  }

  /** The row that has been taken; the reader is ready for the next one. */
  end(line: number): ReadRow {
    const { draft, faults } = this;
    this.draft = {};
    this.faults = [];
    if (faults.length > 0) return { line, arrival: null, faults };
    const arrival = complete(draft, this.now);
    const together = faultsTogether(arrival, draft);
    return together.length > 0 ? { line, arrival: null, faults: together } : { line, arrival, faults: [] };
  }

  private keep({ name, key }: AnyColumn, value: unknown): void {
    if (value instanceof CellFault) this.faults.push({ field: name, why: value.why });
    else (this.draft as Record<string, unknown>)[key] = value;
  }
}

function complete(draft: Draft, now: number): Arrival {
  const { type = 'customer', role = null, passwordHash = null } = draft;
  return {
    externalId: draft.externalId ?? null,
    type,
    level: draft.level ?? (type === 'admin' && role === null ? 'manager' : 'member'),
    state: draft.state ?? 'active',
    email: draft.email ?? null,
    emailConfirmedAt: draft.emailConfirmedAt ?? null,
    username: draft.username ?? null,
    phone: draft.phone ?? null,
    card: draft.card ?? null,
    firstName: draft.firstName ?? '',
    lastName: draft.lastName ?? '',
    accountName: draft.accountName ?? null,
    locale: draft.locale ?? null,
    address: draft.address ?? null,
    zipCode: draft.zipCode ?? null,
    passwordHash,
    passwordChangedAt: passwordHash === null ? null : (draft.passwordChangedAt ?? now),
    acceptedTermsAt: draft.acceptedTermsAt ?? null,
    unsubscribedFromAll: draft.unsubscribedFromAll ?? false,
    unsubscribedFrom: draft.unsubscribedFrom ?? [],
    roles: draft.roles ?? [],
    role,
    networks: draft.networks ?? [],
    createdAt: draft.createdAt ?? now,
  };
}

/** What is wrong with the fields of a row beside each other. */
function faultsTogether(arrival: Arrival, draft: Draft): FieldFault[] {
  const { externalId, email, username, phone, card, passwordHash } = arrival;
  const faults: FieldFault[] = [];
  if ([externalId, email, username, phone, card].every((value) => value === null)) {
    faults.push({ field: null, why: 'has none of externalId, email, username, phone, card' });
  }
  if (draft.passwordChangedAt !== undefined && passwordHash === null) {
    faults.push({ field: 'passwordChangedAt', why: 'is given without passwordHash' });
  }
  if (!isAtLeast(arrival.level, levelOfRoles(arrival.roles))) {
    faults.push({ field: 'roles', why: 'has a word of rights that are above his level' });
  }
  if (username !== null && !mayBeCalled(username, arrival)) {
    faults.push({
      field: 'username',
      why: 'must have a letter and no @, unless it is his own address: it could be the address, phone or card of somebody else',
    });
  }
  return faults;
}

/** People choose their names themselves; those of administrators are given. What counts is how a name is compared. */
function mayBeCalled(username: string, { type, email }: Arrival): boolean {
  const compared = normaliseIdentifier(username);
  if (type === 'admin' || (/\p{L}/u.test(compared) && !compared.includes('@'))) return true;
  return email !== null && compared === email;
}
