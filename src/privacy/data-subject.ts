import { normaliseIdentifier } from '../common/identifier.js';
import type { DataSubject } from '../database/personal-data.service.js';
import type { UserRecord } from '../users/user.js';

/** A user as the one whose data it is: an address that he has not shown to be his is nobody's yet. */
export function subjectOf({ id, email, isEmailConfirmed }: UserRecord): DataSubject {
  return {
    userId: id,
    confirmedAddress: email !== null && isEmailConfirmed ? normaliseIdentifier(email) : null,
  };
}
