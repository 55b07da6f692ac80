// A card of the map: a namespace or group, or all callers or hosts outside of any, with what its lines do not say.

import type { CardType } from '@latchwork/figures/card-facts';
import type { Edge } from '@latchwork/shared/edge';
import type { Tone } from '../draw/encode.ts';
import { grouped } from '../grouped.ts';
import { groupOf } from '../scene/box-of.ts';
import type { Card } from '../scene/card.ts';
import { type FaultCounts, NO_FAULTS } from '../scene/fault-counts.ts';
import { linkIdOf } from '../scene/link.ts';
import type { MarkKind } from '../scene/mark-kind.ts';
import { faultOf } from './fault-of.ts';
import type { Hubs } from './hubs.ts';
import type { InsideFact } from './inside-facts.ts';
import type { Line } from './line.ts';

/** A line to or from a hub, told on the other end's card. */
export interface Chip {
  line: string;
  hub: string;
  label: string;
  isInternet: boolean;
  mark: MarkKind;
  tone: Tone;
  edges: number;
  rps: number;
}

export interface OverviewCard {
  id: string;
  type: CardType;
  isPeer: boolean;
  /** The box that it is; by a label where that is no namespace. */
  home: string | null;
  by: string | undefined;
  label: string;
  workloads: number;
  /** Requests a second that come in; of callers without a proxy, that go out. Null without any. */
  rps: number | null;
  successRate: number | null;
  /** Of the window, and how many of them failed. */
  requests: number;
  failures: number;
  openConnections: number | null;
  /** Of requests, else of connections. */
  securedShare: number | null;
  /** How many cards call it, and how many it calls. */
  calledBy: number;
  calls: number;
  isHub: boolean;
  /** Lines of this card that are neither drawn nor chips. */
  more: number;
  counts: FaultCounts;
  /** What chips on other cards tell of it, to be counted here where chips cannot be read. */
  chipCounts: FaultCounts;
  /** Hubs that call it, and hubs that it calls. */
  chipsIn: readonly Chip[];
  chipsOut: readonly Chip[];
  /** The worst of what is inside, as many as a large card has room for. */
  facts: readonly InsideFact[];
}

export interface CardContext {
  lines: readonly Line[];
  /** Ids of lines that are drawn, and of those told by chips. */
  drawn: ReadonlySet<string>;
  chips: ReadonlySet<string>;
  hubs: Hubs;
  edges: readonly Edge[];
  successTarget: number;
  /** By card, the worst first; and how many lines there are for them at the foot of a card. */
  facts: ReadonlyMap<string, readonly InsideFact[]>;
  mostFacts: number;
}

export function toOverviewCards(cards: readonly Card[], context: CardContext): OverviewCard[] {
  const { lines, drawn, chips, hubs } = context;
  const ins = grouped(lines, ({ target }) => target);
  const outs = grouped(lines, ({ source }) => source);
  const labels = new Map(cards.map(({ id, label }) => [id, label]));
  const { counted, asChips } = faultCounts(cards, context);
  const toChip = (line: Line, hub: string): Chip => ({
    line: line.id,
    hub,
    label: labels.get(hub) ?? hub,
    isInternet: hub === 'external',
    mark: line.mark,
    tone: line.tone,
    edges: line.edges,
    rps: line.rps,
  });
  return cards.map((card) => {
    const [own, other] = [ins.get(card.id) ?? [], outs.get(card.id) ?? []];
    const all = [...own, ...other];
    const chipsIn = own.filter(({ id, source }) => chips.has(id) && hubs.callers.includes(source));
    const chipsOut = other.filter(({ id, target }) => chips.has(id) && hubs.called.includes(target));
    return {
      id: card.id,
      type: card.type,
      isPeer: card.type !== 'folded',
      home: card.home,
      by: groupOf(card.nodes[0])?.by,
      label: card.label,
      workloads: card.nodes.filter(({ type }) => type === 'workload').length,
      rps: card.traffic.rps,
      successRate: card.traffic.successRate,
      requests: card.traffic.requests,
      failures: card.traffic.failures,
      openConnections: card.traffic.tcp?.openConnections ?? null,
      securedShare: card.shares.requests ?? card.shares.connections,
      calledBy: new Set(own.map(({ source }) => source)).size,
      calls: new Set(other.map(({ target }) => target)).size,
      isHub: hubs.called.includes(card.id) || hubs.callers.includes(card.id),
      more: all.filter(({ id }) => !drawn.has(id) && !chips.has(id)).length,
      counts: counted.get(card.id) ?? NO_FAULTS,
      chipCounts: asChips.get(card.id) ?? NO_FAULTS,
      chipsIn: chipsIn.map((line) => toChip(line, line.source)),
      chipsOut: chipsOut.map((line) => toChip(line, line.target)),
      facts: (context.facts.get(card.id) ?? []).slice(0, context.mostFacts),
    };
  });
}

/** A line of many edges is well where few of its requests fail: it says nothing of the edge that they are of. */
function tells({ tone }: Line, kind: keyof FaultCounts): boolean {
  return (kind !== 'bad' && kind !== 'warn') || tone === 'bad' || tone === 'warn';
}

/** By card of the callee; those inside a box too. */
function faultCounts(
  cards: readonly Card[],
  { lines, drawn, chips, edges, successTarget }: CardContext,
): { counted: Map<string, FaultCounts>; asChips: Map<string, FaultCounts> } {
  const cardOf = new Map(cards.flatMap(({ id, nodes }) => nodes.map((node) => [node.id, id] as const)));
  const byId = new Map(lines.map((line) => [line.id, line]));
  const [counted, asChips] = [new Map<string, FaultCounts>(), new Map<string, FaultCounts>()];
  for (const edge of edges) {
    const [source, target] = [cardOf.get(edge.source), cardOf.get(edge.target)];
    if (source === undefined || target === undefined) continue;
    const kind = faultOf(edge, { successTarget });
    const id = linkIdOf(source, target, edge);
    if (kind === undefined) continue;
    const line = byId.get(id);
    const isTold = line !== undefined && tells(line, kind);
    if (isTold && drawn.has(id)) continue;
    const counts = isTold && chips.has(id) ? asChips : counted;
    const before = counts.get(target) ?? NO_FAULTS;
    counts.set(target, { ...before, [kind]: before[kind] + 1 });
  }
  return { counted, asChips };
}
