import type { RouterLocation } from 'react-admin';

/** What an address may say beside its path: which page of a list, and what of it. */
const SAID = ['displayedFilters', 'filter', 'order', 'page', 'perPage', 'sort'];

/**
 * The place that an address names, and nothing else: react-admin would fill every form with the record
 * that an address (`?source=`) or the state beside it has, and whoever follows a link would save it.
 */
export function placeOf({ state, search, ...place }: RouterLocation): RouterLocation {
  const { record: _, ...rest } = (state ?? {}) as Record<string, unknown>;
  return { ...place, state: rest, search: said(search) };
}

/** Written anew, so that no other reading of it finds more. */
function said(search: string): string {
  const given = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of SAID) {
    const value = given.get(name);
    if (value !== null) kept.set(name, value);
  }
  const query = kept.toString();
  return query === '' ? '' : `?${query}`;
}
