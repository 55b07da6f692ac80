// A node in the words of a finding: its own name, or what its id says.

import type { ExternalWhat, Node } from '@latchwork/shared/node';

/** As whoever sees some namespaces only gets it: counted, not named. */
const NAMELESS = /^external:[a-z]+\/\d+$/;
const WORDS: Readonly<Record<ExternalWhat, string>> = {
  host: 'a host outside of the mesh',
  identity: 'a peer that is not scraped',
  remote: 'another cluster',
  egress: 'an EgressNetwork',
};

export function nodeName(nodes: ReadonlyMap<string, Node>, id: string): string {
  const node = nodes.get(id);
  if (node?.type === 'outside') return 'another namespace';
  if (node?.type === 'external' && NAMELESS.test(id)) return WORDS[node.what];
  if (node && 'name' in node && node.name) return node.name;
  return id.startsWith('unmeshed:') ? 'callers without a proxy' : id.replace(/^external:/, '');
}
