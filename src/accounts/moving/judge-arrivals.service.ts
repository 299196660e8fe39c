import { Injectable } from '@nestjs/common';
import type { Authority } from '../../common/permissions.js';
import type { Db } from '../../database/db.js';
import type { Role } from '../../roles/role.js';
import { Roles } from '../../roles/roles.service.js';
import { BulkUsers, type Met } from '../../users/bulk-users.service.js';
import { authorityAt, isAllowed, isRaised } from '../managed-users/place.js';
import type { Arrival, ArrivalFault } from './import-run.js';

/** What is to be done with one row. */
export type Verdict =
  | { readonly does: 'create'; readonly roleId: string | null; readonly givesRights: boolean }
  | { readonly does: 'nothing' }
  | { readonly does: 'refuse'; readonly fault: ArrivalFault };

/** Decides who is let in, who is here already, and who stands in somebody's way. Reads only. */
@Injectable()
export class JudgeArrivals {
  constructor(
    private readonly bulkUsers: BulkUsers,
    private readonly roles: Roles,
  ) {}

  /**
   * One verdict for each row, in order. Rows of one file do not meet each other here: who reads the file
   * has told doubles.
   * @param caller who may let nobody in who may do more than he himself
   */
  async judge(db: Db, source: string, arrivals: readonly Arrival[], caller: Authority): Promise<Verdict[]> {
    const met = await this.bulkUsers.meet(db, source, arrivals);
    const roles = await this.rolesByName(db, arrivals);
    return arrivals.map((arrival, index) => {
      const named = met.identifiers[index] ?? [];
      const self = whoIsHere(arrival, named, met);
      const fault = inTheWay(arrival, named, self, met);
      if (fault) return refuse(fault.field, fault.code);
      if (self !== null) return { does: 'nothing' };
      const role = arrival.role === null ? null : roles.get(arrival.role);
      if (role === undefined) return refuse('role', 'unknown-role');
      const authority = authorityAt(arrival, role);
      if (!isAllowed(authority, caller)) return refuse(role ? 'role' : 'level', 'too-high');
      return { does: 'create', roleId: role?.id ?? null, givesRights: isRaised(authority) };
    });
  }

  private async rolesByName(db: Db, arrivals: readonly Arrival[]): Promise<ReadonlyMap<string, Role>> {
    if (arrivals.every(({ role }) => role === null)) return new Map();
    const free = (await this.roles.list(db)).filter(({ isBuiltIn }) => !isBuiltIn);
    return new Map(free.map((role) => [role.name, role]));
  }
}

type Identifiers = Met['identifiers'][number];

/** By what a row is told that has no foreign id: the first of these that it has. */
const BY_WEIGHT = ['email', 'username', 'phone', 'card'] as const;

/**
 * Who this row is of, if he is here: whom its foreign id names, else whom its e-mail names; a row with
 * neither is of whom its next identifier names.
 */
function whoIsHere(arrival: Arrival, named: Identifiers, { byForeignId, holders }: Met): string | null {
  const known = arrival.externalId === null ? undefined : byForeignId.get(arrival.externalId);
  if (known !== undefined) return known;
  if (arrival.externalId !== null && arrival.email === null) return null;
  const kind = BY_WEIGHT.find((one) => named.some(([, other]) => other === one));
  const holder = holders.get(named.find(([, other]) => other === kind)?.[0] ?? '');
  return holder && holder.kind === kind ? holder.userId : null;
}

/** What of this row belongs to somebody else than whom it is of. */
function inTheWay(arrival: Arrival, named: Identifiers, self: string | null, met: Met): ArrivalFault | null {
  for (const [value, kind] of named) {
    const holder = met.holders.get(value);
    if (holder && holder.userId !== self) return { field: kind, code: 'taken' };
  }
  const isOther =
    self !== null &&
    arrival.externalId !== null &&
    (met.foreignIdsOf.get(self) ?? arrival.externalId) !== arrival.externalId;
  return isOther ? { field: 'externalId', code: 'other-foreign-id' } : null;
}

function refuse(field: ArrivalFault['field'], code: ArrivalFault['code']): Verdict {
  return { does: 'refuse', fault: { field, code } };
}
