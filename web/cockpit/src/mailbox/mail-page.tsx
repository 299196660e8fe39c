import { Card, CardContent, Link, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Title, useLocaleState, useTranslate } from 'react-admin';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { ask } from '../api/ask.js';
import { MAILBOX_PATH, type MailboxMail } from './mailbox-mail.js';

const LINK = /(https?:\/\/\S+)/;

/** One mail of the development mailbox, in the words that its recipient reads. */
export function MailPage(): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { name = '' } = useParams();
  const path = `${MAILBOX_PATH}/${encodeURIComponent(name)}`;
  const { data, isError } = useQuery({
    queryKey: [path],
    queryFn: async () => (await ask<MailboxMail>('GET', path)).body,
    retry: false,
  });
  return (
    <Card sx={{ marginTop: 2, maxWidth: 900 }}>
      <Title title={data?.subject ?? translate('mailbox.title')} />
      <CardContent>
        <Link component={RouterLink} to="/mailbox">
          {translate('mailbox.back')}
        </Link>
        {isError && <Typography role="alert">{translate('problem.not-found')}</Typography>}
        {data && (
          <>
            <Typography variant="h6" component="h2">
              {data.subject}
            </Typography>
            <Typography variant="body2">
              {translate('mailbox.to')}: {data.to}
              {data.date && ` · ${new Date(data.date).toLocaleString(locale)}`}
            </Typography>
            <Typography
              component="div"
              sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', marginTop: 2 }}
            >
              <WithLinks text={data.text} />
            </Typography>
          </>
        )}
      </CardContent>
    </Card>
  );
}

/** A text, the addresses in which can be followed. */
function WithLinks({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {text.split(LINK).map((part, index) =>
        LINK.test(part) ? (
          <Link key={index} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </Link>
        ) : (
          part
        ),
      )}
    </>
  );
}
