import { Button } from '@mui/material';
import type { ReactElement } from 'react';
import { EditButton, TopToolbar, useNotify, useRecordContext, useRedirect, useTranslate } from 'react-admin';
import { askForFile } from '../api/ask.js';
import { nameOf } from '../api/me.js';
import { isAbove } from '../api/vocabulary.js';
import { Problem } from '../api/problem.js';
import { useMay } from '../api/use-may.js';
import { useMe } from '../api/use-me.js';
import { ActionButton } from '../shell/action-button.js';
import { keyOfProblem } from '../texts/words.js';
import { mayChange, type UserRecord } from './user-record.js';

/** What the signed-in administrator may do with this user. */
export function UserActions(): ReactElement {
  const me = useMe();
  const may = useMay();
  const user = useRecordContext<UserRecord>();
  if (!me || !user) return <></>;
  const isBelow = isAbove(me.level, user.level);
  return (
    <TopToolbar sx={{ flexWrap: 'wrap', justifyContent: 'flex-end' }}>
      {mayChange(me, user) && may('PATCH /v1/users/:id') && <EditButton />}
      {mayChange(me, user) && user.email !== null && user.state !== 'blocked' && (
        <ActionButton
          label="action.resetPassword"
          operation="POST /v1/users/:id/reset-password"
          method="POST"
          path={`/v1/users/${user.id}/reset-password`}
        />
      )}
      {isBelow && <ActionsBelow user={user} />}
    </TopToolbar>
  );
}

function ActionsBelow({ user }: { readonly user: UserRecord }): ReactElement {
  const redirect = useRedirect();
  const on = (end: string) => `/v1/users/${user.id}/${end}`;
  const whom = nameOf(user);
  const isBlocked = user.state === 'blocked';
  return (
    <>
      {!isBlocked && user.email !== null && (
        <ActionButton
          label="action.signInLink"
          operation="POST /v1/users/:id/sign-in-link"
          method="POST"
          path={on('sign-in-link')}
        />
      )}
      <ActionButton
        label="action.removeFactors"
        operation="DELETE /v1/users/:id/factors"
        method="DELETE"
        path={on('factors')}
        whom={whom}
        isGrave
      />
      {isBlocked ? (
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
          whom={whom}
          isGrave
        />
      )}
      <Download path={on('export')} />
      <ActionButton
        label="action.erase"
        operation="DELETE /v1/users/:id"
        method="DELETE"
        path={`/v1/users/${user.id}`}
        whom={whom}
        question="users.sureErase"
        isGrave
        onDone={() => redirect('list', 'users')}
      />
    </>
  );
}

/** Hands everything that is kept of the user to the browser, as a file. */
function Download({ path }: { readonly path: string }): ReactElement {
  const may = useMay();
  const notify = useNotify();
  const translate = useTranslate();
  if (!may('GET /v1/users/:id/export')) return <></>;
  const download = async (): Promise<void> => {
    try {
      const { content, name } = await askForFile(path);
      const address = URL.createObjectURL(content);
      const link = Object.assign(document.createElement('a'), { href: address, download: name });
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      const { code, status } = error instanceof Problem ? error : new Problem(0, {});
      notify(keyOfProblem(code, status), { type: 'error' });
    }
  };
  return (
    <Button size="small" onClick={() => void download()}>
      {translate('action.download')}
    </Button>
  );
}
