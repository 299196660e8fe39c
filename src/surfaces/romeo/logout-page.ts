/** Where a browser is led that has signed out by a form. */
export const SIGNED_OUT = '/logout?done';

/** True for who asks for a page by name, as a browser does that follows a link or posts a form; no API client does. */
export function asksForPage(accept: string | undefined): boolean {
  return /(^|,)\s*text\/html\s*(;|,|$)/i.test(accept ?? '');
}
