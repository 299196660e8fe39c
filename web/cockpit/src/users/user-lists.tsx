import type { ReactElement } from 'react';
import { ReferenceManyField } from 'react-admin';
import { AuditTable } from '../audit/audit-list.js';
import { KeyTable } from '../keys/key-list.js';
import { Pagination } from '../shell/pagination.js';

/** What was done to a user, newest first. */
export function UserEvents(): ReactElement {
  return (
    <ReferenceManyField reference="audit" target="user" perPage={25} pagination={<Pagination />}>
      <AuditTable />
    </ReferenceManyField>
  );
}

/** The permanent tokens of a user. */
export function UserKeys(): ReactElement {
  return (
    <ReferenceManyField reference="api-keys" target="ownerId" perPage={25} pagination={<Pagination />}>
      <KeyTable />
    </ReferenceManyField>
  );
}
