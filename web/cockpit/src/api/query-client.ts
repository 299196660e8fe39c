import { QueryClient } from '@tanstack/react-query';
import { HttpError } from 'react-admin';
import { Problem } from './problem.js';

const MOST_TRIES = 2;

/** True of an error that is no answer at all, which may be another one a moment later. */
export function isSilence(error: unknown): boolean {
  return (error instanceof Problem || error instanceof HttpError) && Number(error.status) === 0;
}

/** Questions are put also while the browser thinks that there is no network: its silence is told at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (failures, error) => isSilence(error) && failures < MOST_TRIES,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
