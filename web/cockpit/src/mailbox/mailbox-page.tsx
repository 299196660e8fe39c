import {
  Alert,
  Button,
  Card,
  Link,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Title, useLocaleState, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { ask } from '../api/ask.js';
import type { CursorPage } from '../api/cursors.js';
import { MAILBOX_PATH, type MailboxMail } from './mailbox-mail.js';

/** The mails that no server took, newest first, for who develops. */
export function MailboxPage(): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [MAILBOX_PATH],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '25', ...(pageParam ? { cursor: pageParam } : {}) });
      return (await ask<CursorPage<MailboxMail>>('GET', `${MAILBOX_PATH}?${query}`)).body;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const mails = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Card sx={{ marginTop: 2 }}>
      <Title title={translate('mailbox.title')} />
      <Alert severity="info">{translate('mailbox.hint')}</Alert>
      {data && mails.length === 0 && (
        <Typography sx={{ padding: 2 }}>{translate('mailbox.empty')}</Typography>
      )}
      {mails.length > 0 && (
        <TableContainer tabIndex={0} role="region" aria-label={translate('mailbox.title')}>
          <Table size="small">
            <TableHead>
              <TableRow>
                {['date', 'to', 'subject'].map((name) => (
                  <TableCell key={name}>{translate(`mailbox.${name}`)}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {mails.map((mail) => (
                <TableRow key={mail.name}>
                  <TableCell>{mail.date && new Date(mail.date).toLocaleString(locale)}</TableCell>
                  <TableCell>{mail.to}</TableCell>
                  <TableCell>
                    <Link component={RouterLink} to={`/mailbox/${encodeURIComponent(mail.name)}`}>
                      {mail.subject}
                    </Link>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{translate('list.more')}</Button>}
    </Card>
  );
}
