import { Card, CardContent, Link, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { ask } from '../api/ask.js';
import { useMay } from '../api/use-may.js';
import type { OutboxState } from './figures.js';

const PATH = '/v1/outbox/state';
/** The server counts no further. */
const COUNTED = 1_000;

const counted = (n: number): string => (n >= COUNTED ? `${COUNTED}+` : String(n));

/** Whether mails wait or were given up, and since when. */
export function OutboxStateCard(): ReactElement {
  const translate = useTranslate();
  const may = useMay();
  const [locale] = useLocaleState();
  const { data } = useQuery({
    queryKey: [PATH],
    queryFn: async () => (await ask<OutboxState>('GET', PATH)).body,
  });
  if (!data) return <></>;
  return (
    <Card sx={{ marginTop: 2 }}>
      <CardContent>
        <Typography variant="h6" component="h2">
          {translate('dashboard.outbox.title')}
        </Typography>
        <Typography>
          {translate('dashboard.outbox.waiting', { n: counted(data.waiting) })}
          {data.oldestAt !== null &&
            ` ${translate('dashboard.outbox.oldest', { at: new Date(data.oldestAt).toLocaleString(locale) })}`}
        </Typography>
        <Typography {...(data.dead > 0 ? { color: 'error' } : {})}>
          {translate('dashboard.outbox.dead', { n: counted(data.dead) })}
        </Typography>
        {may('GET /v1/outbox') && (
          <Link component={RouterLink} to="/outbox">
            {translate('dashboard.outbox.look')}
          </Link>
        )}
      </CardContent>
    </Card>
  );
}
