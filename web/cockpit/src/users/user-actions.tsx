import type { ReactElement } from 'react';
import { EditButton, TopToolbar, usePermissions, useRecordContext } from 'react-admin';
import { isAbove, type Me } from '../api/me.js';
import { ActionButton } from '../shell/action-button.js';
import type { UserRecord } from './user-record.js';

/** What the signed-in administrator may do with this user: nothing with an equal. */
export function UserActions(): ReactElement {
  const { permissions: me } = usePermissions<Me>();
  const user = useRecordContext<UserRecord>();
  if (!me || !user || !isAbove(me.level, user.level)) return <></>;
  const on = (end: string) => `/v1/users/${user.id}/${end}`;
  return (
    <TopToolbar>
      <EditButton />
      {user.state === 'blocked' ? (
        <ActionButton
          label="action.enable"
          operation="POST /v1/users/:id/enable"
          method="POST"
          path={on('enable')}
        />
      ) : (
        <ActionButton
          label="action.disable"
          operation="POST /v1/users/:id/disable"
          method="POST"
          path={on('disable')}
          isGrave
        />
      )}
      <ActionButton
        label="action.resetPassword"
        operation="POST /v1/users/:id/reset-password"
        method="POST"
        path={on('reset-password')}
      />
      <ActionButton
        label="action.signInLink"
        operation="POST /v1/users/:id/sign-in-link"
        method="POST"
        path={on('sign-in-link')}
      />
      <ActionButton
        label="action.removeFactors"
        operation="DELETE /v1/users/:id/factors"
        method="DELETE"
        path={on('factors')}
        isGrave
      />
    </TopToolbar>
  );
}
