// The network of an address, as wide as those are that clusters give to their pods. Pure.

/** `10.22` of `10.22.1.6:8080`, the first four groups of an address of version 6; empty for what is no address. */
export function networkOf(address: string): string {
  const [, four] = /^(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}(?::\d+)?$/.exec(address) ?? [];
  if (four !== undefined) return four;
  const [, inBrackets] = /^\[([0-9a-f:]+)\](?::\d+)?$/i.exec(address) ?? [];
  const six = inBrackets ?? address;
  return /^[0-9a-f:]+$/i.test(six) && six.split(':').length > 2 ? groupsOf(six).slice(0, 4).join(':') : '';
}

/** Fit for a place where the name of a cluster stands. */
export function networkWords(network: string): string {
  return network.includes(':') ? `${network}::` : `${network}.x.x`;
}

function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  return [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
}
