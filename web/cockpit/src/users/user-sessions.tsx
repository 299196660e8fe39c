import { Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { ReactElement } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { nameOf } from '../api/me.js';
import { useListReading } from '../api/use-reading.js';
import { ActionButton } from '../shell/action-button.js';
import { Rows } from '../shell/rows.js';
import { Unread } from '../shell/unread.js';
import type { UserRecord } from './user-record.js';

interface Session {
  readonly id: string;
  readonly surface: string;
  readonly address: string;
  readonly userAgent: string;
  readonly lastUsedAt: string;
}

const COLUMNS = ['door', 'address', 'program', 'lastUsed'] as const;

/** The open sessions of a user, each with a way to end it. */
export function UserSessions({ user }: { readonly user: UserRecord }): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const path = `/v1/users/${user.id}/sessions`;
  const { data: sessions, error, again, more } = useListReading<Session>(path);
  if (error && !sessions) return <Unread error={error} onAgain={again} />;
  if (!sessions) return <></>;
  if (sessions.length === 0 && !more) return <Typography>{translate('users.noSessions')}</Typography>;
  return (
    <>
      <ActionButton
        label="action.endSessions"
        operation="DELETE /v1/users/:id/sessions"
        method="DELETE"
        path={path}
        whom={nameOf(user)}
        isGrave
        onDone={again}
      />
      <Rows>
        <Table size="small">
          <TableHead>
            <TableRow>
              {COLUMNS.map((name) => (
                <TableCell key={name}>{translate(`users.${name}`)}</TableCell>
              ))}
              <TableCell>{translate('list.actions')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {sessions.map((session) => (
              <TableRow key={session.id}>
                <TableCell>{session.surface}</TableCell>
                <TableCell>{session.address}</TableCell>
                <TableCell>{session.userAgent}</TableCell>
                <TableCell>{new Date(session.lastUsedAt).toLocaleString(locale)}</TableCell>
                <TableCell>
                  <ActionButton
                    label="action.endSession"
                    operation="DELETE /v1/users/:id/sessions/:sessionId"
                    method="DELETE"
                    path={`${path}/${session.id}`}
                    onDone={again}
                  />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Rows>
      {more && <Button onClick={more}>{translate('list.more')}</Button>}
    </>
  );
}
