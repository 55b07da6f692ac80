// What a card, a line or the whole picture says when it is read aloud. Full words, no symbols; names with their namespaces.

import { counted } from '@latchwork/figures/count';
import { kindName } from '@latchwork/figures/kind';
import { wholePercent } from '@latchwork/figures/percent';
import { threeDigits } from '@latchwork/figures/rate';
import { splitFigure } from '@latchwork/figures/routes/edge-split';
import { type Counted, spokenSuccess, toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import type { EdgeSplit } from '@latchwork/shared/edge';
import { boxWord, countedBoxes, groupOf, spokenBox } from '../scene/box-of.ts';
import type { Card } from '../scene/card.ts';
import type { Link } from '../scene/link.ts';
import type { Scene } from '../scene/scene.ts';

export function spokenCard(card: Card, judge: Judge): string {
  const { rps, tcp, refusedRps } = card.traffic;
  const parts = [titleOf(card)];
  if (rps !== null) parts.push(requests(rps));
  const success = toldSuccess(card.traffic, judge);
  if (success) parts.push(spokenSuccess(success));
  if (rps === null && tcp) parts.push(connections(tcp.openConnections));
  if (rps === null && !tcp && refusedRps > 0) parts.push(refused(refusedRps));
  if (card.type === 'service' && rps === null && !tcp && refusedRps === 0) parts.push('no endpoints');
  if (card.meshed === false) parts.push('no proxy');
  const [node] = card.nodes;
  if (card.type === 'workload' && node?.type === 'workload' && node.pods && node.pods.running > 0)
    parts.push(`${node.pods.meshed} of ${counted(node.pods.running, 'pod')} meshed`);
  if (card.inside) parts.push(card.inside.words);
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
      return 'Workloads of namespaces that are not shown here';
    case 'folded':
      return `${card.label}, folded ${boxWord(groupOf(first)?.by)}, ${counted(card.nodes.length, 'workload')}`;
    case 'rest':
      return `${card.label}, drawn as one`;
    case 'service':
      return `${card.label}, Service in ${whereOf(card)}`;
    case 'workload':
      return `${card.label}, ${first?.type === 'workload' ? kindName(first.kind) : ''} in ${whereOf(card)}`;
  }
}

/** "shop"; "shop, team payments" where boxes are teams. */
function whereOf({ namespace, nodes }: Card): string {
  const group = groupOf(nodes[0]);
  return group ? `${namespace}, ${spokenBox(group)}` : `${namespace}`;
}

type Cards = ReadonlyMap<string, Pick<Card, 'label' | 'namespace' | 'type'>>;

/** A line without the edges that it adds up. */
export interface SpokenLink
  extends Pick<Link, 'source' | 'target' | 'mark' | 'securedShare' | 'refusedRps' | 'unreachedRps'> {
  edges: { length: number };
  http: (Counted & { rps: number }) | null;
  tcp: { openConnections: number | null } | null;
  split?: EdgeSplit | null;
}

export function spokenLink(link: SpokenLink, cards: Cards, judge: Judge): string {
  return [endsOf(link, cards), ...linkFacts(link, judge)].join(', ');
}

/** All but who calls whom. */
export function linkFacts(link: Omit<SpokenLink, 'source' | 'target'>, judge: Judge): string[] {
  const parts = link.edges.length > 1 ? [`${link.edges.length} edges`] : [];
  if (link.mark === 'refused') return [...parts, refused(link.refusedRps)];
  if (link.http) {
    parts.push(requests(link.http.rps));
    const success = toldSuccess(link.http, judge);
    if (success) parts.push(spokenSuccess(success));
  } else if (link.tcp) parts.push(connections(link.tcp.openConnections));
  if (link.unreachedRps > 0)
    parts.push(`${threeDigits(link.unreachedRps)} a second never reached an endpoint`);
  if (link.refusedRps > 0) parts.push(refused(link.refusedRps));
  if (link.split) parts.push(splitFigure(link.split));
  const lock = lockWords(link);
  return lock ? [...parts, lock] : parts;
}

/** "web to cart in shop", "web in shop to orders in yard". */
export function endsOf({ source, target }: Pick<Link, 'source' | 'target'>, cards: Cards): string {
  const [from, to] = [cards.get(source), cards.get(target)];
  const placeOf = (card: typeof from) => (card && card.type !== 'folded' ? card.namespace : null);
  const [here, there] = [placeOf(from), placeOf(to)];
  const name = (card: typeof from, id: string, place: string | null) =>
    place === null ? (card?.label ?? id) : `${card?.label ?? id} in ${place}`;
  return `${name(from, source, here === there ? null : here)} to ${name(to, target, there)}`;
}

/** How much there is, and every exception by name. */
export function spokenScene({ by, cards, links, boxes }: Scene, judge: Judge): string {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const loud = links.filter(({ mark, tone }) => mark !== 'secured' || tone === 'bad' || tone === 'warn');
  const all = `${counted(cards.length, 'card')} in ${countedBoxes(boxes.length, by)}, ${counted(links.length, 'edge')}.`;
  const told = [
    ...loud.map((link) => spokenLink(link, byId, judge)),
    ...cards.flatMap(({ label, inside }) => (inside ? [`${label}, ${inside.words}`] : [])),
  ];
  return told.length === 0 ? `${all} All of them are secured and healthy.` : `${all} ${told.join('; ')}.`;
}

function lockWords({ mark, securedShare }: Pick<Link, 'mark' | 'securedShare'>): string | null {
  switch (mark) {
    case 'secured':
      return 'secured';
    case 'mixed':
      return securedShare === null || securedShare === 0 || securedShare === 1
        ? 'partly secured'
        : `${wholePercent(securedShare).value} percent secured`;
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

function refused(rps: number): string {
  return `${threeDigits(rps)} a second refused by policy`;
}

function connections(open: number | null): string {
  return open === null ? 'TCP' : counted(open, 'open TCP connection');
}
