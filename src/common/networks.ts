import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** True for an address, or a range in CIDR notation, of either family. */
export function isNetwork(text: string): boolean {
  // Node's own check: the library also takes old spellings such as `010.1`, which nobody means.
  const [address = '', ...bits] = text.split('/');
  if (isIP(address) === 0 || bits.length > 1) return false;
  return bits.length === 0 || ipaddr.isValidCIDR(text);
}

/** True when `address` lies in one of `networks`, or there are none; an IPv4-mapped address counts as IPv4. */
export function isAddressIn(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return networks.some((network) => {
    const [range, bits] = ipaddr.isValidCIDR(network)
      ? ipaddr.parseCIDR(network)
      : [ipaddr.process(network), caller.kind() === 'ipv4' ? 32 : 128];
    return range.kind() === caller.kind() && caller.match(range, bits);
  });
}
