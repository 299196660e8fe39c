import { Box, Button, Card, CardContent, Typography } from '@mui/material';
import { useState, type ReactElement } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import type { Period, PlotKind, Series } from './figures.js';
import { Plot } from './plot.js';
import { PlotTable } from './plot-table.js';

interface Properties {
  readonly plot: PlotKind;
  readonly series: Series;
  readonly period: Period;
}

/** One plot, which can be read as a table too. */
export function PlotCard({ plot, series, period }: Properties): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [isTable, setIsTable] = useState(false);
  const title = translate(`dashboard.plot.${plot.name}`);
  const sums = plot.figures.map((figure) => {
    const values = series.items.map((item) => item[figure]);
    // Sessions are the same ones in one hour and the next: there is no sum of them.
    const n = figure === 'sessions' ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
    const name = translate(`dashboard.figure.${figure}`);
    const key = figure === 'sessions' ? 'dashboard.most' : 'dashboard.sum';
    return translate(key, { name, n: n.toLocaleString(locale) });
  });
  const summary = sums.join(' · ');
  return (
    <Card component="section" aria-label={title}>
      <CardContent>
        <Typography variant="h6" component="h2">
          {title}
        </Typography>
        <Typography variant="body2">{summary}</Typography>
        {isTable ? (
          <PlotTable plot={plot} series={series} title={title} />
        ) : (
          <Box role="img" aria-label={`${title}: ${summary}`} sx={{ height: 240, marginTop: 1 }}>
            <Plot plot={plot} series={series} period={period} />
          </Box>
        )}
        <Button
          size="small"
          aria-pressed={isTable}
          aria-label={`${title}: ${translate('dashboard.asTable')}`}
          onClick={() => setIsTable(!isTable)}
        >
          {translate('dashboard.asTable')}
        </Button>
      </CardContent>
    </Card>
  );
}
