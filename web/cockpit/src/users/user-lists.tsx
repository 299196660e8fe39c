import type { ReactElement } from 'react';
import { ReferenceManyField, useRecordContext } from 'react-admin';
import { isAbove } from '../api/vocabulary.js';
import { useMay } from '../api/use-may.js';
import { useMe } from '../api/use-me.js';
import { AuditTable } from '../audit/audit-list.js';
import { KeyTable } from '../keys/key-list.js';
import { PERMANENT_TOKEN } from '../keys/key-record.js';
import { TokenDialog } from '../keys/token-dialog.js';
import { Pagination } from '../shell/pagination.js';
import type { UserRecord } from './user-record.js';

/** What was done to a user, newest first. */
export function UserEvents(): ReactElement {
  return (
    <ReferenceManyField reference="audit" target="user" perPage={25} pagination={<Pagination />}>
      <AuditTable />
    </ReferenceManyField>
  );
}

/** The permanent tokens of a user, and a way to give him one. */
export function UserKeys(): ReactElement {
  const me = useMe();
  const may = useMay();
  const user = useRecordContext<UserRecord>();
  if (!me || !user) return <></>;
  const isOpen = user.id === me.id || isAbove(me.level, user.level);
  return (
    <>
      {isOpen && may('POST /v1/api-keys') && (
        <TokenDialog
          label="token.give"
          path="/v1/api-keys"
          body={{ name: PERMANENT_TOKEN, ownerId: user.id }}
        />
      )}
      <ReferenceManyField reference="api-keys" target="ownerId" perPage={25} pagination={<Pagination />}>
        <KeyTable />
      </ReferenceManyField>
    </>
  );
}
