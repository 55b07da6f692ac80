// Accessible names: what a card or an edge says when it is read aloud. Full words, no symbols.

import { counted } from '@latchwork/figures/count';
import { kindName } from '@latchwork/figures/kind';
import { percent, wholePercent } from '@latchwork/figures/percent';
import { threeDigits } from '@latchwork/figures/rate';
import type { Card } from '@latchwork/graph/scene/card';
import type { Link } from '@latchwork/graph/scene/link';

export function spokenCard(card: Card): string {
  const { rps, successRate, tcp } = card.traffic;
  const openConnections = tcp?.openConnections ?? null;
  const parts = [titleOf(card)];
  if (rps !== null) parts.push(requests(rps));
  if (successRate !== null) parts.push(`${percent(successRate).value} percent success`);
  if (rps === null && openConnections !== null) parts.push(counted(openConnections, 'open connection'));
  if (card.type === 'service' && rps === null && tcp === null) parts.push('no endpoints');
  if (card.meshed === false) parts.push('no proxy');
  const [node] = card.nodes;
  if (card.type === 'workload' && node?.type === 'workload' && node.pods && node.pods.running > 0)
    parts.push(`${node.pods.meshed} of ${counted(node.pods.running, 'pod')} meshed`);
  return parts.join(', ');
}

function titleOf(card: Card): string {
  const [first] = card.nodes;
  switch (card.type) {
    case 'unmeshed':
      return 'Callers without a proxy';
    case 'external':
      return `Outside the mesh, ${counted(card.nodes.length, 'host')}`;
    case 'peer':
      return `${card.label}, meshed, ${first?.type === 'external' && first.what === 'remote' ? 'in another cluster' : 'not scraped'}`;
    case 'outside':
      return 'Workloads of other namespaces';
    case 'folded':
      return `${card.label}, folded namespace, ${counted(card.nodes.length, 'workload')}`;
    case 'service':
      return `${card.label}, Service in ${card.namespace}`;
    case 'workload':
      return `${card.label}, ${first?.type === 'workload' ? kindName(first.kind) : ''} in ${card.namespace}`;
  }
}

/** `nameOf` turns card ids into names. */
export function spokenLink(link: Link, nameOf: (cardId: string) => string): string {
  const parts = [`${nameOf(link.source)} to ${nameOf(link.target)}`];
  if (link.edges.length > 1) parts.push(`${link.edges.length} edges`);
  if (link.http) {
    parts.push(requests(link.http.rps));
    if (link.http.successRate !== null) parts.push(`${percent(link.http.successRate).value} percent success`);
  } else if (link.tcp) parts.push('TCP');
  if (link.unreachedRps > 0)
    parts.push(`${threeDigits(link.unreachedRps)} a second never reached an endpoint`);
  if (link.refusedRps > 0) parts.push(`${threeDigits(link.refusedRps)} a second refused by policy`);
  const lock = lockWords(link);
  if (lock) parts.push(lock);
  return parts.join(', ');
}

function lockWords({ mark, securedShare }: Link): string | null {
  switch (mark) {
    case 'secured':
      return 'secured';
    case 'mixed':
      return securedShare === null ? 'partly secured' : `${wholePercent(securedShare).value} percent secured`;
    case 'plaintext':
      return 'not secured, plaintext';
    case 'opaque':
      return 'other TLS, not by the mesh';
    case 'unknown':
      return 'lock unknown';
    default:
      return null; // refused and broken were said above
  }
}

function requests(rps: number): string {
  return `${threeDigits(rps)} requests a second`;
}
