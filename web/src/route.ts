import { signal } from '@preact/signals';

/** Where a page can be reached, behind the `#` of the address. */
export type Route =
  | { readonly page: 'sign-in' | 'register' | 'forgot-password' | 'me' | 'broken-link' }
  | { readonly page: 'sign-in-link'; readonly token: string }
  | { readonly page: 'set-password' | 'reset-password'; readonly token: string; readonly email: string };

const PLAIN = ['sign-in', 'register', 'forgot-password', 'me'] as const;
const MAILED = ['sign-in', 'set-password', 'reset-password'];

type PlainPage = (typeof PLAIN)[number];

/** The page that is shown; a new object for each visit. */
export const route = signal<Route>(takeRoute());

addEventListener('hashchange', () => (route.value = takeRoute()));

/** Where a sign-in leads instead of to one's account, by what stands behind `?then=`: a closed list. */
const AFTERWARDS: ReadonlyMap<string | null, string> = new Map([['cockpit', '/cockpit']]);

/** Shows another page in the place of this one: going back does not come here again. */
export function go(page: PlainPage): void {
  const afterwards = AFTERWARDS.get(new URLSearchParams(location.search).get('then'));
  location.replace(page === 'me' && afterwards !== undefined ? afterwards : `#/${page}`);
}

/**
 * What the address bar says. The secrets of a mailed link stand in the fragment, which no browser sends;
 * afterwards the address bar and the history have them no more: only the kind stays, so that a reload
 * can explain itself.
 */
function takeRoute(): Route {
  const [mark, kind = '', token, email] = location.hash.split('/');
  if (mark !== '#') return { page: 'me' };
  if (token === undefined || !MAILED.includes(kind))
    return { page: PLAIN.find((page) => page === kind) ?? 'me' };
  history.replaceState(null, '', `${location.pathname}#/${kind}/`);
  return linkOf(kind, decoded(token), decoded(email));
}

function linkOf(kind: string, token: string, email: string): Route {
  if (kind === 'sign-in' && /^[\w-]+$/.test(token)) return { page: 'sign-in-link', token };
  if ((kind === 'set-password' || kind === 'reset-password') && token && email) {
    return { page: kind, token, email };
  }
  return { page: 'broken-link' };
}

function decoded(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
