import { Box } from '@mui/material';
import type { ReactElement } from 'react';
import { PLOTS, type Period, type Series } from './figures.js';
import { PlotCard } from './plot-card.js';

/** All plots of a period, side by side where there is room. */
export function Plots({
  series,
  period,
}: {
  readonly series: Series;
  readonly period: Period;
}): ReactElement {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        marginTop: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
      }}
    >
      {PLOTS.map((plot) => (
        <PlotCard key={plot.name} plot={plot} series={series} period={period} />
      ))}
    </Box>
  );
}
