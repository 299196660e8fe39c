import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** `address` or `address/bits`; a zone (RFC 4007, `fe80::1%eth0`) names a cable of one machine, and no network. */
const FORM = /^[^%/]{1,45}(\/\d{1,3})?$/;

/** True for an address, or a range in CIDR notation, of either family. */
export function isNetwork(text: string): boolean {
  if (!FORM.test(text)) return false;
  // Node's own check: the library also takes old spellings such as `010.1`, which nobody means.
  const [address = '', bits] = text.split('/');
  return isIP(address) !== 0 && (bits === undefined || ipaddr.isValidCIDR(text));
}

/**
 * True when `address` lies in one of `networks`, or there are none; an IPv4-mapped address counts as IPv4.
 * What is no network holds nobody.
 */
export function isAddressIn(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return networks.filter(isNetwork).some((network) => {
    const [range, bits] = ipaddr.isValidCIDR(network)
      ? ipaddr.parseCIDR(network)
      : [ipaddr.process(network), caller.kind() === 'ipv4' ? 32 : 128];
    return range.kind() === caller.kind() && caller.match(range, bits);
  });
}
