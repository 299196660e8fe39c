import type { ReactElement } from 'react';
import { RecordEdit } from '../shell/record-edit.js';
import { UserFields } from './user-fields.js';

/** Changes a user; what is left as it was is not sent. */
export function UserEdit(): ReactElement {
  return (
    <RecordEdit redirect="show">
      <UserFields />
    </RecordEdit>
  );
}
