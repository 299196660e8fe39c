const KEY = 'gatehouse.cockpit.back';

/** Keeps, in this tab, where in the cockpit somebody was who goes to sign in. */
export function keepWayBack(place: string): void {
  sessionStorage.setItem(KEY, place);
}

/** Leads back there, once. */
export function takeWayBack(): void {
  const place = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (place?.startsWith('/') && location.hash === '') history.replaceState(null, '', `#${place}`);
}
