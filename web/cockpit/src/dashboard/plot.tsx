import { useTheme } from '@mui/material';
import type { ReactElement } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { CartesianGrid, Legend, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Period, PlotKind, Series } from './figures.js';

interface Properties {
  readonly plot: PlotKind;
  readonly series: Series;
  readonly period: Period;
}

/** Lines differ in their dashes too: not everybody tells colours apart. */
const DASHES = ['', '6 3', '2 3'];

/** Draws the steps of a period as lines. It is a picture: its numbers are in the table beside it. */
export function Plot({ plot, series, period }: Properties): ReactElement {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { palette } = useTheme();
  const colours = [palette.primary.main, palette.error.main, palette.text.primary];
  const tick = new Intl.DateTimeFormat(
    locale,
    period === 'day' ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  );
  const whole = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const data = series.items.map((item) => ({ ...item, time: Date.parse(item.at) }));
  const text = { fill: palette.text.secondary, fontSize: 12 };
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 240 }}>
      <LineChart data={data} accessibilityLayer={false}>
        <CartesianGrid stroke={palette.divider} vertical={false} />
        <XAxis
          dataKey="time"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          tickFormatter={(time: number) => tick.format(time)}
          tick={text}
          stroke={palette.divider}
          minTickGap={32}
        />
        <YAxis allowDecimals={false} width={44} tick={text} stroke={palette.divider} />
        <Tooltip
          labelFormatter={(time) => whole.format(Number(time))}
          contentStyle={{ background: palette.background.paper, borderColor: palette.divider }}
          labelStyle={{ color: palette.text.primary }}
          itemStyle={{ color: palette.text.primary }}
        />
        <Legend
          itemSorter={null}
          iconType="plainline"
          formatter={(name: string) => <span style={{ color: palette.text.primary }}>{name}</span>}
        />
        {plot.figures.map((figure, index) => (
          <Line
            key={figure}
            dataKey={figure}
            name={translate(`dashboard.figure.${figure}`)}
            type="linear"
            stroke={colours[index] ?? palette.text.primary}
            strokeDasharray={DASHES[index] ?? ''}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
