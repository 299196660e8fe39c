import { isIPv4, isIPv6 } from 'node:net';

/** The key of whatever is no address: one for all, so that nobody gains a counter by writing nonsense. */
const NO_ADDRESS = 'unknown';

/**
 * The network that an address is counted under: an IPv4 address by itself, also when it is written as
 * IPv6; any other IPv6 address by its /64, which is what one subscriber has. A port is left out.
 */
export function limitsAddress(address: string): string {
  const bare = withoutPort(address.trim());
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return NO_ADDRESS;
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

function withoutPort(address: string): string {
  const bracketed = /^\[([^\]]+)\](:\d+)?$/.exec(address)?.[1];
  return bracketed ?? address.replace(/^([\d.]+):\d+$/, '$1');
}

function groupsOf(address: string): number[] {
  const [front = '', back] = withoutDots(address.replace(/%.*$/, '')).split('::');
  const head = parseGroups(front);
  const tail = parseGroups(back ?? '');
  const gap = back === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...new Array<number>(gap).fill(0), ...tail];
}

/** Rewrites a dotted ending (`::ffff:192.0.2.1`) as two groups. */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
}

function parseGroups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
