// Addresses of clients, and of the proxies that may say whose address it really is. Pure.

import { BlockList, isIPv4, isIPv6 } from 'node:net';

export interface Addresses {
  has(address: string): boolean;
}

/** `ranges`: addresses and `address/prefix`, each checked by `parseAddressRange`. */
export function toAddresses(ranges: readonly string[]): Addresses {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return {
    has(address) {
      const bare = address.replace(/^::ffff:(?=\d+\.)/, '');
      return isIPv4(bare) ? list.check(bare) : isIPv6(bare) && list.check(bare, 'ipv6');
    },
  };
}

/** Whoever has one IPv6 address has the whole network of it. */
export function addressKey(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.split('::');
  const first = head.split(':');
  const groups = tail === undefined ? first : [...first, ...Array(8).fill('0')];
  return `${groups
    .slice(0, 4)
    .map((group) => group || '0')
    .join(':')}::/64`;
}
