import { signal } from '@preact/signals';

/** Where a page can be reached, behind the `#` of the address. */
export type Route =
  | { readonly page: Exclude<PlainPage, 'me'> | 'broken-link' }
  | { readonly page: 'me'; readonly section: Section }
  | { readonly page: 'mailed-sign-in'; readonly token: string }
  | { readonly page: 'set-password' | 'reset-password'; readonly token: string; readonly email: string };

const PLAIN = ['sign-in', 'sign-in-link', 'register', 'forgot-password', 'me'] as const;

/** The sections of one's own account, behind `#/me/`, in the order in which they are listed. */
export const SECTIONS = [
  'profile',
  'email',
  'password',
  'second-factors',
  'passkeys',
  'sessions',
  'identities',
  'notifications',
  'data',
] as const;

/** A section of one's own account; the overview has no name in the address. */
export type Section = 'overview' | (typeof SECTIONS)[number];

const MAILED = ['sign-in', 'set-password', 'reset-password'];

type PlainPage = (typeof PLAIN)[number];

/** The page that is shown; a new object for each visit. */
export const route = signal<Route>(takeRoute());

addEventListener('hashchange', () => (route.value = takeRoute()));

/** The section that a sign-in comes back to. */
let left: Section = 'overview';

/** Where a sign-in leads instead of to one's account, by what stands behind `?then=`: a closed list. */
const AFTERWARDS: ReadonlyMap<string | null, string> = new Map([['cockpit', '/cockpit']]);

/** Shows another page in the place of this one: going back does not come here again. */
export function go(page: PlainPage): void {
  if (page !== 'me') return location.replace(`#/${page}`);
  const afterwards = AFTERWARDS.get(new URLSearchParams(location.search).get('then'));
  location.replace(afterwards ?? addressOf(left));
  left = 'overview';
}

/** Shows the sign-in page, which comes back to the section of the account that is shown now. */
export function leaveToSignIn(): void {
  const { value } = route;
  left = value.page === 'me' ? value.section : 'overview';
  go('sign-in');
}

/** Where a section is reached. */
export const addressOf = (section: Section): string => (section === 'overview' ? '#/me' : `#/me/${section}`);

/**
 * What the address bar says. The secrets of a mailed link stand in the fragment, which no browser sends;
 * afterwards the address bar and the history have them no more: only the kind stays, so that a reload
 * can explain itself.
 */
function takeRoute(): Route {
  const [mark, kind = '', token, email] = location.hash.split('/');
  if (mark !== '#') return { page: 'me', section: 'overview' };
  if (token === undefined || !MAILED.includes(kind)) {
    const page = PLAIN.find((known) => known === kind) ?? 'me';
    if (page !== 'me') return { page };
    return { page, section: SECTIONS.find((known) => known === token) ?? 'overview' };
  }
  history.replaceState(null, '', `${location.pathname}#/${kind}/`);
  return linkOf(kind, decoded(token), decoded(email));
}

function linkOf(kind: string, token: string, email: string): Route {
  if (kind === 'sign-in' && /^[\w-]+$/.test(token)) return { page: 'mailed-sign-in', token };
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
