import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLogoutIfAccessDenied } from 'react-admin';
import { ask } from './ask.js';
import type { CursorPage } from './cursors.js';

interface Reading<Body> {
  readonly data: Body | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

/** What the native API answers at a path. A session that has ended leads to the sign-in. */
export function useReading<Body>(path: string): Reading<Body> {
  const { data, error, refetch } = useQuery({
    queryKey: [path],
    queryFn: async () => (await ask<Body>('GET', path)).body,
  });
  useLeaving(error);
  return { data, error, again: () => void refetch() };
}

/**
 * What the native API answers at a path, with its tag, as it is when the page is opened. `again` shows
 * nothing until it is read anew, and is done then.
 */
export function useTaggedReading<Body>(path: string) {
  const client = useQueryClient();
  const queryKey = [path, 'tagged'];
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => ask<Body>('GET', path),
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  useLeaving(error);
  return { data, error, again: () => client.resetQueries({ queryKey }) };
}

interface ListReading<Item> extends Reading<readonly Item[]> {
  /** Reads the next page; null at the end. */
  readonly more: (() => void) | null;
}

/** A list of the native API, page after page. */
export function useListReading<Item>(path: string): ListReading<Item> {
  const { data, error, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [path, 'pages'],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams({ limit: '25', ...(pageParam ? { cursor: pageParam } : {}) });
      return (await ask<CursorPage<Item>>('GET', `${path}?${query}`)).body;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  useLeaving(error);
  return {
    data: data?.pages.flatMap(({ items }) => items),
    error,
    again: () => void refetch(),
    more: hasNextPage ? () => void fetchNextPage() : null,
  };
}

function useLeaving(error: Error | null): void {
  const leaveIfSignedOut = useLogoutIfAccessDenied();
  useEffect(() => {
    if (error) void leaveIfSignedOut(error);
  }, [error, leaveIfSignedOut]);
}
