// What a reader needs to know to judge a number: the span it covers, the targets, and which questions had no answer.

import { boundsOf, PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { span } from '@latchwork/figures/span';
import { LATENCY_TARGET_MS, SUCCESS_TARGET, type Targets } from '@latchwork/figures/targets';
import type { About } from '@latchwork/shared/about';
import type { Parts } from '@latchwork/shared/parts';
import type { Snapshot } from '@latchwork/shared/snapshot';
import type { Connection } from '../live/socket.ts';

/** A failure says why there are no such numbers; null while they are answered. */
export interface Reading extends Targets {
  windowSeconds: number;
  failures: {
    /** Latencies of workloads, and of edges. */
    inbound: string | null;
    outbound: string | null;
    /** Opens and bytes of connections. */
    volume: string | null;
  };
  /** So many seconds before the rest, where they are asked at a slower pace, in words; null where they are of the same moment. */
  older: { inbound: string | null; outbound: string | null; volume: string | null };
}

/** With what the server uses by itself until it said otherwise. */
export function toReading(snapshot: Snapshot | undefined, about: About | null): Reading {
  return {
    windowSeconds: snapshot?.windowSeconds ?? 60,
    successTarget: about?.successTarget ?? SUCCESS_TARGET,
    latencyTargetMs: about?.latencyTargetMs ?? LATENCY_TARGET_MS,
    bounds: snapshot ? boundsOf(snapshot) : PROXY_BOUNDS_MS,
    failures: {
      inbound: failure(snapshot, 'inboundLatency'),
      outbound: failure(snapshot, 'outboundLatency'),
      volume: failure(snapshot, 'volume'),
    },
    older: {
      inbound: older(snapshot, 'inboundLatency', 'latencies'),
      outbound: older(snapshot, 'outboundLatency', 'latencies'),
      volume: older(snapshot, 'volume', 'figures'),
    },
  };
}

/** The parts that the picture itself is made of. */
const CORE = ['outbound', 'inbound', 'connections'];

interface Shown {
  trouble: string | undefined;
  current: { at: string; parts?: Parts; state?: string } | undefined;
}

/** Nothing newer arrives, or what it is made of is answered no more: it is shown as of before. */
export function isOutOfDate(
  { connection }: { connection: Connection },
  topic: Shown | null,
  madeOf: readonly string[] = CORE,
): boolean {
  const { trouble, current } = topic ?? {};
  return (
    connection.state === 'lost' ||
    trouble !== undefined ||
    current?.state === 'failed' ||
    madeOf.some((part) => current?.parts?.[part]?.state === 'stale')
  );
}

function older(snapshot: Snapshot | undefined, name: string, what: string): string | null {
  const at = snapshot?.parts[name]?.at;
  const seconds = at === undefined ? 0 : (Date.parse(snapshot?.at ?? at) - Date.parse(at)) / 1000;
  return seconds < 1 ? null : `${what} ${span(Math.round(seconds))} older`;
}

function failure(snapshot: Snapshot | undefined, name: string): string | null {
  const part = snapshot?.parts[name];
  return part?.state === 'failed' ? (part.message ?? 'Prometheus did not answer') : null;
}
