// What a tap of the simulator shows, held against what a real tap showed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type DecodedEvent, decodeTapEvent } from '../../test/decode-tap.ts';
import { encodeTapRequest, type TapAsk } from '../../test/encode-tap-request.ts';
import { createCluster } from '../cluster.ts';
import { ferryLine } from '../scenario/ferry-line.ts';
import { World } from '../world.ts';
import { encodeTapEvent } from './tap-event.ts';
import { toTapRequest } from './tap-request.ts';
import { TapStream } from './tap-stream.ts';
import { tapTargets } from './tap-targets.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 12, 0, 0);
const RECORDINGS = join(import.meta.dirname, '../../../../recordings/tap');

interface Seen {
  readonly atMs: number;
  readonly event: DecodedEvent;
}

/** A tap of `seconds`, through the bytes of the wire. */
function tap(ask: TapAsk, seconds: number): Seen[] {
  const world = new World({ cluster: createCluster(ferryLine), seed: 1, startedAtMs: NOW_MS - 1_000 });
  world.advanceTo(NOW_MS);
  const request = toTapRequest(encodeTapRequest(ask));
  const seen: Seen[] = [];
  const bases = new Map<string, number>();
  let atMs = NOW_MS;
  const stream = new TapStream({
    request,
    pods: tapTargets(world.cluster, request.target),
    nextBase: ({ key }) => {
      const base = bases.get(key) ?? 0;
      bases.set(key, base + 1);
      return base;
    },
    send: (event) => seen.push({ atMs, event: decodeTapEvent(encodeTapEvent(event)) }),
  });
  world.listen(stream);
  for (; atMs < NOW_MS + seconds * 1_000; atMs += 50) {
    world.advanceTo(atMs);
    stream.run(atMs);
  }
  return seen;
}

function recorded(file: string): DecodedEvent[] {
  const text = gunzipSync(readFileSync(join(RECORDINGS, `${file}.events.jsonl.gz`))).toString();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: DecodedEvent }).event);
}

function keys(value: object): string {
  return Object.keys(value).sort().join(',');
}

/** Workloads of different kinds differ in one label: its name. */
function owner(text: string): string {
  return text.replaceAll(/\b(deployment|daemonset|statefulset|k8s_job)\b/g, 'OWNER');
}

/** The keys of every part of an event, without values. */
function shapes(events: readonly DecodedEvent[]): Set<string> {
  const found = new Set<string>();
  for (const { http, proxyDirection, sourceMeta, destinationMeta, ...rest } of events) {
    const [[part, fields] = ['', {}]] = Object.entries(http);
    found.add(`event ${keys(rest)}`);
    found.add(`${proxyDirection} ${part} ${keys(fields)}`);
    found.add(owner(`${proxyDirection} source ${keys(sourceMeta.labels).split(',').sort()}`));
    found.add(owner(`${proxyDirection} destination ${keys(destinationMeta.labels).split(',').sort()}`));
  }
  return found;
}

function requests(seen: readonly Seen[]): Seen[] {
  return seen.filter(({ event }) => event.http['requestInit']);
}

const HARBOUR: TapAsk = { type: 'namespace', name: 'harbour' };

describe('TapStream', () => {
  it('sends events of the shape that a real tap sent', () => {
    const known = shapes(
      [
        'storefront_namespace-2026-11-23T15-44-59-504Z',
        'fulfilment_deployment_checkout-2026-11-23T15-55-58-598Z',
        'fulfilment_deployment_orders-2026-11-23T15-45-19-867Z',
      ].flatMap(recorded),
    );
    for (const shape of [...known]) {
      // gRPC was recorded at its caller only; a server's end of it has the same parts.
      if (shape.includes('eos')) known.add(shape.replace('OUTBOUND', 'INBOUND'));
      // Deployments alone were tapped; pods of other kinds have no hash, as the recorded callers show.
      if (shape.startsWith('OUTBOUND source')) known.add(shape.replace('pod_template_hash,', ''));
    }
    const events = ['harbour', 'booking', 'fleet'].flatMap((name) => tap({ type: 'namespace', name }, 8));
    const unknown = [...shapes(events.map(({ event }) => event))].filter((shape) => !known.has(shape));
    expect(unknown).toEqual([]);
    expect(events.length).toBeGreaterThan(1_000);
  });

  it('shows the start, the answer and the end of a request in this order', () => {
    const order = new Map<string, string[]>();
    for (const { event } of tap({ namespace: 'booking', type: 'deployment', name: 'seats' }, 6)) {
      const [[part, fields] = ['', {}]] = Object.entries(event.http);
      const key = JSON.stringify([event.proxyDirection, (fields as { id: object }).id]);
      order.set(key, [...(order.get(key) ?? []), part]);
    }
    const whole = ['requestInit', 'responseInit', 'responseEnd'];
    for (const parts of order.values()) expect(whole.slice(0, parts.length)).toEqual(parts);
    expect([...order.values()].some((parts) => parts.length === 3)).toBe(true);
  });

  it('sees at most so many requests a call, and calls a second apart', () => {
    const few = requests(tap({ namespace: 'harbour', type: 'deployment', name: 'gangway', maxRps: 4 }, 10));
    const calls = new Map<number, Seen[]>();
    for (const seen of few) {
      const base = (seen.event.http['requestInit'] as { id: { base?: number } }).id.base ?? 0;
      calls.set(base, [...(calls.get(base) ?? []), seen]);
    }
    const starts = [...calls.values()].map(([first]) => first?.atMs ?? 0);
    expect(calls.size).toBeGreaterThan(4);
    for (const call of calls.values()) expect(call.length).toBeLessThanOrEqual(4);
    for (const [i, start] of starts.slice(1).entries())
      expect(start - (starts[i] ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('shares the limit between pods, and leaves each at least one', () => {
    const seen = requests(tap({ ...HARBOUR, maxRps: 2 }, 3));
    const pods = new Set(
      seen.map(({ event }) =>
        event.proxyDirection === 'INBOUND'
          ? event.destinationMeta.labels['pod']
          : event.sourceMeta.labels['pod'],
      ),
    );
    expect(pods.size).toBeGreaterThan(4);
  });

  it('tells the locks that the metrics tell', () => {
    const events = requests(tap({ namespace: 'fleet', type: 'deployment', name: 'tracker' }, 10));
    const outbound = events.filter(({ event }) => event.proxyDirection === 'OUTBOUND');
    const tls = (name: string) =>
      new Set(
        outbound
          .filter(({ event }) => event.destinationMeta.labels['deployment'] === name)
          .map(({ event }) => event.destinationMeta.labels['tls']),
      );
    expect([...tls('positions')].sort()).toEqual(['not_provided_by_service_discovery', 'true']);
    expect([...tls('depot')]).toEqual(['not_provided_by_service_discovery']);
    const inbound = events.filter(({ event }) => event.proxyDirection === 'INBOUND');
    expect(inbound.length).toBeGreaterThan(10);
    for (const { event } of inbound) expect(event.sourceMeta.labels['tls']).toBe('true');
  });

  it('shows no headers that were not asked for', () => {
    const events = tap({ ...HARBOUR, headers: false }, 2);
    expect(JSON.stringify(events)).not.toContain('headers');
    expect(events.length).toBeGreaterThan(20);
  });

  it('keeps to the methods and paths that were asked for', () => {
    const posts = requests(
      tap({ namespace: 'harbour', type: 'deployment', name: 'gangway', match: [2, 'post'] }, 10),
    );
    const methods = posts.map(({ event }) => (event.http['requestInit'] as { method: object }).method);
    expect(new Set(methods.map((method) => JSON.stringify(method)))).toEqual(
      new Set(['{"registered":"POST"}']),
    );
    const maps = requests(
      tap({ namespace: 'harbour', type: 'deployment', name: 'gangway', match: [4, '/map'] }, 10),
    );
    const paths = maps.map(({ event }) => (event.http['requestInit'] as { path: string }).path);
    expect(new Set(paths)).toEqual(new Set(['/map']));
  });

  it('never shows what policy turned away, but shows its callers the answer', () => {
    const tickets = requests(tap({ namespace: 'booking', type: 'deployment', name: 'tickets' }, 15));
    const callers = tickets
      .filter(({ event }) => event.proxyDirection === 'INBOUND')
      .map(({ event }) => event.sourceMeta.labels['k8s_job']);
    expect(callers).not.toContain('nightly-report');
    const report = tap({ namespace: 'booking', type: 'job', name: 'nightly-report' }, 15);
    const statuses = report.map(({ event }) => event.http['responseInit']?.['httpStatus']);
    expect(statuses).toContain(403);
  });
});
