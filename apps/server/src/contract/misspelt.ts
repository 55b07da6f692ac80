// Parameters that mean a known one and are spelled otherwise: ignored, they would show more than was asked for.

import { BadParam } from './bad-param.ts';

/** Throws for `namespaces` or `Window`; what wikis and proxies add besides passes. */
export function refuseMisspelt(known: readonly string[], query: Iterable<[string, string]>): void {
  const meant = new Set(known.map(bare));
  for (const [name, value] of query)
    if (!known.includes(name) && meant.has(bare(name)))
      throw new BadParam(name, value, `only the parameters ${known.join(', ')}`);
}

/** Without what people get wrong: capitals, strokes, the plural, and `ns` for a namespace. */
function bare(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[-_[\]]/g, '')
    .replace(/s$/, '');
  return plain === 'n' ? 'namespace' : plain;
}
