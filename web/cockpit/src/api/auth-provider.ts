import { HttpError, type AuthProvider } from 'react-admin';
import { ask } from './ask.js';
import { forgetMe, loadMe, nameOf } from './me.js';
import { Problem } from './problem.js';
import { operationOf } from './resources.js';

function statusOf(error: unknown): number {
  return error instanceof Problem || error instanceof HttpError ? Number(error.status) : 0;
}

/** Whether the server said that nobody is signed in any more. */
let hasEnded = false;

function forget(): void {
  hasEnded = true;
  forgetMe();
}

function throwIfEnded(error: unknown): void {
  if (statusOf(error) !== 401) return;
  forget();
  throw error;
}

function throwUnlessEnded(error: unknown): void {
  if (statusOf(error) !== 401) throw error;
}

/** Who is signed in, by the session cookie of this browser; signing in is a hosted page's. */
export const authProvider: AuthProvider = {
  login: () => Promise.resolve(),
  // Nobody counts as signed out whose session the server may still know.
  logout: async () => {
    if (!hasEnded) await ask('DELETE', '/v1/sessions/current').catch(throwUnlessEnded);
    forget();
  },
  // Without an answer nobody is signed out.
  checkAuth: async () => {
    await loadMe().then(() => (hasEnded = false), throwIfEnded);
  },
  checkError: (error: unknown) => {
    if (statusOf(error) !== 401) return Promise.resolve();
    forget();
    return Promise.reject(new Error('unauthenticated'));
  },
  getIdentity: async () => {
    const me = await loadMe();
    return { id: me.id, fullName: nameOf(me) };
  },
  getPermissions: loadMe,
  canAccess: async ({ resource, action }) => {
    const me = await loadMe();
    return me.operations.has(operationOf(resource, action));
  },
};
