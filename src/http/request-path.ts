/**
 * The path of a request target as the router reads it: absolute form reduced to its path, query and
 * fragment cut off, percent escapes decoded except those of reserved characters (`%2F` is no slash).
 * Without it `/%61pi/…` would be routed to one surface and refused in the shape of another.
 */
export function routedPath(target: string): string {
  const path = withoutQuery(originForm(target));
  if (!path.includes('%')) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The path of a request target as it was sent, without query and fragment. */
export function sentPath(target: string): string {
  return withoutQuery(originForm(target));
}

function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const authority = /^https?:\/\/[^/?#]*/i.exec(target)?.[0];
  return authority === undefined ? target : target.slice(authority.length) || '/';
}

function withoutQuery(target: string): string {
  const end = target.search(/[?#]/);
  return end === -1 ? target : target.slice(0, end);
}
