// Whether an address lies in a network, or a network in another: IPv4 and IPv6. What cannot be read lies nowhere.

import { BlockList, isIP } from 'node:net';

export interface Networks {
  readonly covers: (addressOrNetwork: string) => boolean;
  readonly malformed: readonly string[];
}

export function toNetworks(networks: readonly string[]): Networks {
  const list = new BlockList();
  const malformed: string[] = [];
  const widths: { readonly network: string; readonly prefix: number; readonly single: BlockList }[] = [];
  for (const text of networks) {
    const parsed = parseNetwork(text);
    if (!parsed) {
      malformed.push(text);
      continue;
    }
    list.addSubnet(parsed.address, parsed.prefix, parsed.family);
    const single = new BlockList();
    single.addSubnet(parsed.address, parsed.prefix, parsed.family);
    widths.push({ network: text, prefix: parsed.prefix, single });
  }
  return {
    malformed,
    covers(text) {
      if (!text.includes('/')) {
        const family = isIP(text);
        return family !== 0 && list.check(text, family === 6 ? 'ipv6' : 'ipv4');
      }
      const parsed = parseNetwork(text);
      return (
        parsed !== null &&
        widths.some(
          ({ prefix, single }) => prefix <= parsed.prefix && single.check(parsed.address, parsed.family),
        )
      );
    },
  };
}

function parseNetwork(text: string) {
  const [address = '', bits = ''] = text.trim().split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  const prefix = bits === '' ? most : Number(bits);
  if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most) return null;
  return { address, prefix, family: family === 6 ? ('ipv6' as const) : ('ipv4' as const) };
}
