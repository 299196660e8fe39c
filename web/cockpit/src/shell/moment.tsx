import type { ReactElement } from 'react';
import { DateField, useLocaleState } from 'react-admin';

interface Properties {
  readonly source: string;
  /** The heading, where it is not the one of the field. */
  readonly label?: string;
}

/** A moment, as it is written in the language that was chosen. */
export function Moment({ source }: Properties): ReactElement {
  const [locale] = useLocaleState();
  return <DateField source={source} showTime locales={locale} emptyText="–" />;
}
