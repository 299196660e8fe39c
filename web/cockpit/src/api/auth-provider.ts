import { HttpError, type AuthProvider } from 'react-admin';
import { ask } from './ask.js';
import { forgetMe, loadMe, nameOf } from './me.js';
import { Problem } from './problem.js';
import { operationOf } from './resources.js';

function statusOf(error: unknown): number {
  return error instanceof Problem || error instanceof HttpError ? Number(error.status) : 0;
}

/** Who is signed in, by the session cookie of this browser; signing in is a hosted page's. */
export const authProvider: AuthProvider = {
  login: () => Promise.resolve(),
  logout: async () => {
    forgetMe();
    await ask('DELETE', '/v1/sessions/current').catch(() => undefined);
  },
  checkAuth: async () => {
    await loadMe().catch((error: unknown) => {
      // Without an answer nobody is signed out.
      if (statusOf(error) === 401) throw error;
    });
  },
  checkError: (error: unknown) => {
    if (statusOf(error) !== 401) return Promise.resolve();
    forgetMe();
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
