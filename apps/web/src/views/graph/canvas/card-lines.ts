// What a card says in figures: never more than a rate and one fact. Words and numbers only; knows no pixels.

import type { Card } from '@latchwork/graph/scene/card';
import { bytesRate } from '../../../format/bytes.ts';
import { counted } from '../../../format/count.ts';
import type { Figure } from '../../../format/figure.ts';
import { latency } from '../../../format/latency.ts';
import { percentText } from '../../../format/percent.ts';
import { rate } from '../../../format/rate.ts';
import { latencyTone, successTone } from '../../../format/tone.ts';

/** `value` reads first, `quiet` explains, `warn` and `bad` are off target. `apart`: a gap stands before it. */
export interface Span {
  text: string;
  ink: 'value' | 'quiet' | 'warn' | 'bad';
  apart?: true;
}

export interface CardTargets {
  successTarget: number;
  latencyTargetMs: number;
  /** Upper bounds of the buckets that latencies were read from. */
  bounds: readonly number[];
}

/** The lines under the name; a folded namespace has two. `calls`: it has callees in the picture. */
export function cardLines(card: Card, targets: CardTargets, calls: boolean): Span[][] {
  switch (card.type) {
    case 'unmeshed':
      return [[...(trafficSpans(card) ?? [quiet('seen')]), quiet(' in')]];
    case 'external':
      return [outsideFacts(card)];
    case 'outside':
      return [trafficSpans(card) ?? [quiet('seen')]];
    case 'service':
      return [trafficSpans(card) ?? [{ text: 'no endpoints', ink: 'bad' }]];
    case 'folded':
      return [foldedFacts(card, targets), [quiet(counted(workloadsOf(card), 'workload'))]];
    case 'workload':
      return [workloadFacts(card, targets, calls)];
  }
}

function workloadFacts(card: Card, targets: CardTargets, calls: boolean): Span[] {
  const { rps, openConnections, bytesPerSecond } = card.traffic;
  if (card.meshed === false) return [...(trafficSpans(card) ?? []), { ...quiet('no proxy'), apart: true }];
  if (rps !== null) return [...figure(rate(rps)), ...offTargetOrLatency(card, targets)];
  if (openConnections !== null)
    return [
      ...connections(openConnections),
      ...figure(bytesRate(bytesPerSecond)).map((span, place) =>
        place === 0 ? { ...span, apart: true as const } : span,
      ),
    ];
  const [node] = card.nodes;
  const denied = node?.type === 'workload' ? (node.denied ?? 0) : 0;
  if (denied > 0) return [...figure(rate(denied)), quiet(' refused')];
  return [quiet(calls ? 'calls out only' : 'no traffic in')];
}

function offTargetOrLatency(
  { traffic }: Card,
  { successTarget, latencyTargetMs, bounds }: CardTargets,
): Span[] {
  const { successRate, p95Ms } = traffic;
  if (successRate !== null) {
    const tone = successTone(successRate, successTarget);
    if (tone !== 'good') return [{ text: percentText(successRate), ink: tone, apart: true }];
  }
  if (p95Ms === null) return [];
  const [value, unit] = figure(latency(p95Ms, bounds));
  if (!value || !unit) return [];
  const off = latencyTone(p95Ms, latencyTargetMs) === 'warn';
  return off
    ? [{ text: value.text + unit.text, ink: 'warn', apart: true }]
    : [{ ...value, apart: true }, unit];
}

function foldedFacts(card: Card, { successTarget }: CardTargets): Span[] {
  const { successRate } = card.traffic;
  const spans = trafficSpans(card);
  if (spans === null) return [quiet('calls out only')];
  const tone = successRate === null ? 'good' : successTone(successRate, successTarget);
  return [
    ...spans,
    quiet(' in'),
    ...(tone === 'good' ? [] : [{ text: percentText(successRate), ink: tone, apart: true as const }]),
  ];
}

/** Requests where there are any, else connections; null when neither was seen. */
function trafficSpans({ traffic }: Card): Span[] | null {
  if (traffic.rps !== null) return figure(rate(traffic.rps));
  return traffic.openConnections === null ? null : connections(traffic.openConnections);
}

function connections(open: number): Span[] {
  return [
    { text: String(Math.round(open)), ink: 'value' },
    quiet(Math.round(open) === 1 ? ' conn' : ' conns'),
  ];
}

/** An EgressNetwork stands for what was denied, and is no host. */
function outsideFacts(card: Card): Span[] {
  const hosts = card.nodes.filter((node) => node.type === 'external' && node.what !== 'egress').length;
  const traffic = trafficSpans(card);
  if (hosts === 0) return [quiet('all refused')];
  return traffic === null
    ? [quiet(counted(hosts, 'host'))]
    : [...traffic, quiet(` to ${counted(hosts, 'host')}`)];
}

function workloadsOf(card: Card): number {
  return card.nodes.filter(({ type }) => type === 'workload').length;
}

function figure(of: Figure | null): Span[] {
  return of === null ? [] : [{ text: of.value, ink: 'value' }, quiet(of.unit)];
}

function quiet(text: string): Span {
  return { text, ink: 'quiet' };
}
