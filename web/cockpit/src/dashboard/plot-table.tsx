import { Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import type { ReactElement } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import type { PlotKind, Series } from './figures.js';

interface Properties {
  readonly plot: PlotKind;
  readonly series: Series;
  readonly title: string;
}

/** What a plot shows, in numbers, the newest first. */
export function PlotTable({ plot, series, title }: Properties): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
  return (
    <TableContainer tabIndex={0} role="region" aria-label={title} sx={{ maxHeight: 240, marginTop: 1 }}>
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            <TableCell>{translate('dashboard.time')}</TableCell>
            {plot.figures.map((figure) => (
              <TableCell key={figure} align="right">
                {translate(`dashboard.figure.${figure}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {[...series.items].reverse().map((item) => (
            <TableRow key={item.at}>
              <TableCell component="th" scope="row">
                {time.format(new Date(item.at))}
              </TableCell>
              {plot.figures.map((figure) => (
                <TableCell key={figure} align="right">
                  {item[figure].toLocaleString(locale)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
