import { Card, CardContent, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Title, useTranslate } from 'react-admin';
import { ask } from '../api/ask.js';
import { useMay } from '../api/use-may.js';
import { PERIOD_NAMES, queryOf, type Period, type Series } from './figures.js';
import { OutboxStateCard } from './outbox-state-card.js';

/** What draws is big, and loaded where there is something to draw. */
const Plots = lazy(() => import('./plots.js').then(({ Plots }) => ({ default: Plots })));

/** The first page: how much happens, for who may look at it. */
export function Dashboard(): ReactElement {
  const may = useMay();
  const translate = useTranslate();
  return (
    <>
      <Title title={translate('dashboard.title')} />
      {may('GET /v1/outbox/state') && <OutboxStateCard />}
      {may('GET /v1/figures') ? (
        <Figures />
      ) : (
        <Card sx={{ marginTop: 2 }}>
          <CardContent>
            <Typography>{translate('cockpit.noRights')}</Typography>
          </CardContent>
        </Card>
      )}
    </>
  );
}

function Figures(): ReactElement {
  const translate = useTranslate();
  const [period, setPeriod] = useState<Period>('day');
  const { data, isError } = useQuery({
    queryKey: ['figures', period],
    queryFn: async () => (await ask<Series>('GET', `/v1/figures?${queryOf(period)}`)).body,
  });
  return (
    <>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={period}
        aria-label={translate('dashboard.period')}
        sx={{ marginTop: 2 }}
        onChange={(_event, chosen: Period | null) => chosen && setPeriod(chosen)}
      >
        {PERIOD_NAMES.map((name) => (
          <ToggleButton key={name} value={name}>
            {translate(`dashboard.periods.${name}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {isError && <Typography role="alert">{translate('problem.failed')}</Typography>}
      {data && (
        <Suspense fallback={<Typography role="status">{translate('ra.page.loading')}</Typography>}>
          <Plots series={data} period={period} />
        </Suspense>
      )}
    </>
  );
}
