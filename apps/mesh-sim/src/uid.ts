// The uid of an object: always the same for the same kind, place and name.

import { hashText } from './rng.ts';

export function uidOf(kind: string, namespace: string, name: string): string {
  const text = `${kind}/${namespace}/${name}`;
  const hex = [0, 1, 2, 3].map((i) => hashText(`${text}${i}`).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
