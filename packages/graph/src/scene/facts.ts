// The second line of a card: its rate and the one thing that matters most beside it. Never three facts.

import { toneOfSuccess } from '../draw/encode.ts';
import type { Card } from './card.ts';

export interface Fact {
  value: string;
  /** Written straight after the value, quieter. */
  unit: string;
  /** `quiet` is all words; `plain` a figure. */
  tone: 'plain' | 'quiet' | 'warn' | 'bad';
}

export interface Targets {
  successTarget: number;
  latencyTargetMs: number;
}

/** `calls` says whether the card calls anybody. */
export function factsOf(card: Card, calls: boolean, targets: Targets): Fact[] {
  const { type, traffic, nodes, meshed } = card;
  if (type === 'service' && traffic.rps === null) return [{ value: 'no endpoints', unit: '', tone: 'bad' }];
  if (traffic.rps === null && traffic.openConnections === null)
    return [words(type === 'workload' && calls ? 'calls out only' : 'no traffic')];
  if (traffic.rps === null) return tcpFacts(traffic.openConnections ?? 0, traffic.bytesPerSecond);
  const rate = (unit: string): Fact => ({ value: rateText(traffic.rps!), unit: `/s${unit}`, tone: 'plain' });
  if (type === 'unmeshed') return [rate(' in')];
  if (type === 'outside') return [rate('')];
  if (type === 'external') {
    const hosts = nodes.filter((node) => node.type === 'external' && node.what !== 'egress').length;
    return [rate(` to ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`)];
  }
  if (meshed === false) return [rate(''), words('no proxy')];
  const success = successFact(traffic.successRate, targets.successTarget);
  if (type === 'folded') return success ? [rate(' in'), success] : [rate(' in')];
  const second = success ?? latencyFact(traffic.p95Ms, targets.latencyTargetMs);
  return second ? [rate(''), second] : [rate('')];
}

function words(value: string): Fact {
  return { value, unit: '', tone: 'quiet' };
}

function tcpFacts(connections: number, bytesPerSecond: number | null): Fact[] {
  const open = Math.round(connections);
  const facts: Fact[] = [{ value: String(open), unit: open === 1 ? ' conn' : ' conns', tone: 'plain' }];
  if (bytesPerSecond !== null) facts.push(bytesFact(bytesPerSecond));
  return facts;
}

function bytesFact(perSecond: number): Fact {
  const units = ['B/s', 'kB/s', 'MB/s', 'GB/s'];
  let [value, step] = [perSecond, 0];
  while (value >= 999.5 && step < units.length - 1) [value, step] = [value / 1000, step + 1];
  return { value: value.toFixed(step > 0 && value < 9.95 ? 1 : 0), unit: ` ${units[step]}`, tone: 'plain' };
}

/** Only success below its target is worth the place of the latency. */
function successFact(successRate: number | null, target: number): Fact | null {
  const tone = toneOfSuccess(successRate, target);
  if (successRate === null || (tone !== 'warn' && tone !== 'bad')) return null;
  return { value: percentText(successRate), unit: ' %', tone };
}

function latencyFact(p95Ms: number | null, targetMs: number): Fact | null {
  if (p95Ms === null) return null;
  const tone = p95Ms > targetMs ? 'warn' : 'plain';
  return p95Ms >= 1000
    ? { value: (p95Ms / 1000).toFixed(1), unit: ' s', tone }
    : { value: p95Ms.toFixed(0), unit: ' ms', tone };
}

/** Three digits: 13.8, 6.38, 0.97. */
export function rateText(rps: number): string {
  if (rps >= 9999.5) return `${(rps / 1000).toFixed(rps >= 99_950 ? 0 : 1)}k`;
  if (rps >= 99.95) return rps.toFixed(0);
  return rps.toFixed(rps >= 9.995 ? 1 : 2);
}

/** One decimal, two above 99.5; "100" only when exact: rounding never makes all of almost all. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (share === 1) return '100';
  if (percent > 99.5) return (Math.floor(percent * 100) / 100).toFixed(2);
  return percent.toFixed(1);
}

/** A lock's share without decimals; never 0 or 100 for a part. */
export function lockPercent(share: number): number {
  return share <= 0 ? 0 : share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
}
