import ipaddr from 'ipaddr.js';

/** True for an address, or a range in CIDR notation, of either family. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
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
