import { Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useLocaleState, useRecordContext, useTranslate } from 'react-admin';
import { ask } from '../api/ask.js';
import type { CursorPage } from '../api/cursors.js';
import { ActionButton } from '../shell/action-button.js';
import type { UserRecord } from './user-record.js';

interface Session {
  readonly id: string;
  readonly surface: string;
  readonly address: string;
  readonly userAgent: string;
  readonly lastUsedAt: string;
  readonly isCurrent: boolean;
}

/** The open sessions of a user, each with a way to end it. */
export function UserSessions(): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const user = useRecordContext<UserRecord>();
  const path = `/v1/users/${user?.id}/sessions`;
  const { data, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [path],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '25', ...(pageParam ? { cursor: pageParam } : {}) });
      return (await ask<CursorPage<Session>>('GET', `${path}?${query}`)).body;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: user !== undefined,
  });
  const sessions = data?.pages.flatMap(({ items }) => items) ?? [];
  const again = () => void refetch();
  if (data && sessions.length === 0) return <Typography>{translate('users.noSessions')}</Typography>;
  return (
    <>
      <ActionButton
        label="action.endSessions"
        operation="DELETE /v1/users/:id/sessions"
        method="DELETE"
        path={path}
        isGrave
        onDone={again}
      />
      <Table size="small">
        <TableHead>
          <TableRow>
            {['door', 'address', 'program', 'lastUsed'].map((name) => (
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
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{translate('list.more')}</Button>}
    </>
  );
}
