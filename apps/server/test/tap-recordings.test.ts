import { fromBinary } from '@bufbuild/protobuf';
import { applyChange, changeOf } from '@latchwork/shared/live/change';
import { describe, expect, it } from 'vitest';
import { createTapRing } from '../src/mesh/tap/tap-ring.ts';
import { createTopFold } from '../src/mesh/tap/top.ts';
import { decodeFrame } from '../src/sources/tap/decode.ts';
import { createFrameReader } from '../src/sources/tap/frame.ts';
import { TapByResourceRequestSchema } from '../src/sources/tap/gen/tap_pb.js';
import { toTapError } from '../src/sources/tap/tap-error.ts';
import type { TapPart } from '../src/sources/tap/tap-part.ts';
import { tapBody, tapPath } from '../src/sources/tap/target.ts';
import {
  errorBytes,
  type RecordedEvent,
  recordedBytes,
  recordedEvents,
  recordedMeta,
  TAP_ERRORS,
  TAP_RECORDINGS,
  toPart,
} from './inputs/recorded-tap.ts';
import { seeded } from './inputs/seeded.ts';

/** The stream in pieces of 1 to `most` bytes, wherever a boundary falls. */
function inPieces(bytes: Buffer, most: number, random: () => number): Uint8Array[] {
  const pieces = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(random() * most);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function decodeAll(pieces: readonly Uint8Array[]): TapPart[] {
  const frames = createFrameReader();
  const parts = pieces.flatMap((piece) =>
    frames.push(piece).map((frame) => {
      const decoded = decodeFrame(frame);
      if (decoded.kind !== 'part') throw new Error(`a frame that is ${decoded.kind}`);
      return decoded.part;
    }),
  );
  expect(frames.pendingBytes()).toBe(0);
  return parts;
}

/** What the recording tapped, and which of its events are the target's view of a call that its caller tells of, too. */
function askedOf(name: string) {
  const { path } = recordedMeta('tap', name);
  const [, namespace = '', kinds, workload] =
    /namespaces\/([^/]+)(?:\/([^/]+)\/([^/]+))?\/tap$/.exec(path) ?? [];
  return {
    target: { namespace, workloadId: kinds ? `${namespace}/${kinds.replace(/s$/, '')}/${workload}` : null },
    isFromTapped: ({ proxyDirection, sourceMeta }: RecordedEvent) =>
      proxyDirection === 'INBOUND' &&
      Boolean(sourceMeta?.labels?.['control_plane_ns']) &&
      sourceMeta?.labels?.['namespace'] === namespace &&
      (!kinds || sourceMeta.labels['deployment'] === workload),
  };
}

describe.each(TAP_RECORDINGS)('the recorded stream %s', (name) => {
  const bytes = recordedBytes(name);
  const expected = recordedEvents(name).map(({ event }) => toPart(event));

  it.each([
    [1, 7],
    [2, 700],
    [3, 100_000],
  ])('decodes event by event, cut at random (seed %i, pieces up to %i bytes)', (seed, most) => {
    const parts = decodeAll(inPieces(bytes, most, seeded(seed)));
    expect(parts.length).toBe(expected.length);
    for (const [i, part] of parts.entries()) expect(part).toEqual(expected[i]);
  });

  it('folds into rows that count every request once', () => {
    const { target } = askedOf(name);
    let nowMs = 0;
    const fold = createTopFold({ target, noise: 'hide', nowMs: () => nowMs });
    for (const { ms, event } of recordedEvents(name)) {
      nowMs = ms;
      fold.push(toPart(event));
    }
    const { rows, counters } = fold.snapshot();

    // Counted again from the recording in the plainest way.
    const events = recordedEvents(name).map(({ event }) => event);
    const begun = events.filter(({ http }) => http.requestInit);
    const probes = begun.filter(
      ({ proxyDirection, destinationMeta }) =>
        proxyDirection === 'INBOUND' && destinationMeta?.labels?.route_name === 'probe',
    );
    const fromTapped = begun.filter(askedOf(name).isFromTapped);
    expect(counters.received).toBe(events.length);
    expect(counters.hidden).toBe(probes.length);
    expect(counters.bothSides).toBe(fromTapped.length);
    expect(counters.requests).toBe(begun.length - probes.length - fromTapped.length);
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(counters.requests);
    expect(counters.rowsDropped).toBe(0);
    expect(counters.lost).toEqual([]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    for (const row of rows) {
      expect(row.ended).toBeLessThanOrEqual(row.count);
      expect(Object.values(row.statuses).reduce((sum, count) => sum + count, 0)).toBe(row.ended);
    }
  });
});

describe.each(TAP_RECORDINGS)('what %s shows four times a second', (name) => {
  const { target } = askedOf(name);
  let nowMs = 0;
  const options = { target, noise: 'hide', nowMs: () => nowMs } as const;

  it.each([
    ['tap', createTapRing(options)],
    ['top', createTopFold(options)],
  ] as const)('goes to a viewer of %s as what changed, and comes out as the same list', (topic, fold) => {
    const sent = { whole: 0, changed: 0 };
    let seen: object = fold.snapshot();
    for (const { ms, event } of recordedEvents(name)) {
      if (Math.floor(ms / 250) !== Math.floor(nowMs / 250)) {
        const value = JSON.parse(JSON.stringify(fold.snapshot()));
        const change = changeOf(topic, seen, value);
        expect(change).not.toBeNull();
        expect(applyChange(topic, seen, change!)).toEqual(value);
        sent.whole += JSON.stringify(value).length;
        sent.changed += JSON.stringify(change).length;
        seen = value;
      }
      nowMs = ms;
      fold.push(toPart(event));
    }
    expect(sent.whole).toBeGreaterThan(50_000);
    expect(sent.changed / sent.whole).toBeLessThan(topic === 'tap' ? 0.1 : 0.4);
  });
});

describe.each(TAP_RECORDINGS)('the requests of %s one by one', (name) => {
  let nowMs = 0;
  const ring = createTapRing({
    target: askedOf(name).target,
    noise: 'show',
    nowMs: () => nowMs,
    maxRequests: 10_000,
  });
  for (const { ms, event } of recordedEvents(name)) {
    nowMs = ms;
    ring.push(toPart(event));
  }
  const { requests, counters } = ring.snapshot();
  const begun = recordedEvents(name)
    .map(({ event }) => event)
    .filter((event) => event.http.requestInit && !askedOf(name).isFromTapped(event))
    .reverse();

  it('are all there, with their lock and what let them in', () => {
    expect(requests).toHaveLength(begun.length);
    expect(counters).toMatchObject({ requests: begun.length, dropped: 0, lost: [] });
    for (const [index, request] of requests.entries()) {
      const { proxyDirection, sourceMeta, destinationMeta } = begun[index] ?? {};
      const labels = destinationMeta?.labels ?? {};
      const isInbound = proxyDirection === 'INBOUND';
      const told = isInbound ? sourceMeta?.labels : labels;
      const id = isInbound ? told?.client_id : told?.server_id;
      expect(request.lock.state === 'secured').toBe(told?.tls === 'true' && Boolean(id));
      expect(isInbound ? request.clientId : request.serverId).toBe(id || null);
      if (request.toldBy === 'both') {
        expect(request.clientId).not.toBeNull();
        continue;
      }
      expect(request.admission?.server?.name ?? null).toBe(isInbound ? labels.srv_name : null);
      expect(request.admission?.authorization?.name ?? null).toBe(isInbound ? labels.authz_name : null);
      if (request.outcome !== null) expect(request.succeeded).not.toBeNull();
    }
  });

  it('withhold the values of secret headers', () => {
    const headers = requests.flatMap((request) => [...request.requestHeaders, ...request.responseHeaders]);
    expect(headers.length).toBeGreaterThan(0);
    for (const { name: header, value } of headers)
      expect(value === null).toBe(/^(authorization|cookie|set-cookie|x-api-key)$/.test(header));
  });
});

describe('the recorded errors', () => {
  it.each([
    ['legacy_deployment_erp', /no pods to tap/, /linkerd.io\/inject/],
    [
      'linkerd-viz_deployment_prometheus',
      /prometheus-t8v7ttrlv-txc65/,
      /rollout restart deployment\/prometheus/,
    ],
    ['nowhere_deployment_web', /deployment.apps "web" not found/, /kubectl -n nowhere get/],
    ['storefront_deployment_nothing', /"nothing" not found/, /kubectl -n storefront get/],
    ['storefront_pod_nothing', /pod "nothing" not found/, /kubectl -n storefront get/],
  ])('%s becomes a sentence with its remedy', (name, message, remedy) => {
    expect(TAP_ERRORS).toContain(name);
    const [frame] = createFrameReader().push(errorBytes(name));
    const decoded = decodeFrame(frame as Uint8Array);
    if (decoded.kind !== 'error') throw new Error(`decoded as ${decoded.kind}`);
    const [namespace = '', kind, workload = ''] = name.split('_');
    const error = toTapError(decoded.message, {
      namespace,
      workload: { kind: kind as 'deployment' | 'pod', name: workload },
    });
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
  });
});

describe('tapPath and tapBody', () => {
  it('ask as the recorded requests did', () => {
    const workload = recordedMeta('tap', 'fulfilment_deployment_checkout-2026-11-23T15-44-39-164Z');
    const checkout = { namespace: 'fulfilment', workload: { kind: 'deployment', name: 'checkout' } } as const;
    expect(tapPath(checkout)).toBe(workload.path);
    expect(Buffer.from(tapBody({ target: checkout, maxRps: 100, headers: true })).toString('base64')).toBe(
      workload.request,
    );
    const namespace = recordedMeta('tap', 'storefront_namespace-2026-11-23T15-44-59-504Z');
    const storefront = { namespace: 'storefront', workload: null };
    expect(tapPath(storefront)).toBe(namespace.path);
    expect(Buffer.from(tapBody({ target: storefront, maxRps: 100, headers: true })).toString('base64')).toBe(
      namespace.request,
    );
  });

  it('hands filters to the proxies in the one form that Linkerd understands: all of a list', () => {
    const body = tapBody({
      target: { namespace: 'shop', workload: { kind: 'deployment', name: 'web' } },
      maxRps: 7,
      headers: false,
      match: {
        to: { namespace: 'bank', workload: null },
        method: 'POST',
        scheme: 'http',
        authority: 'ledger.bank:8080',
        path: '/books',
      },
      labelSelector: 'tier=front',
    });
    const request = fromBinary(TapByResourceRequestSchema, body);
    expect(request.target?.labelSelector).toBe('tier=front');
    expect(request.extract).toBeUndefined();
    expect(request.match?.match.case).toBe('all');
    const matches = request.match?.match.case === 'all' ? request.match.match.value.matches : [];
    expect(matches.map(({ match }) => match.value)).toMatchObject([
      { resource: { namespace: '', type: 'namespace', name: 'bank' } },
      { match: { case: 'method', value: 'POST' } },
      { match: { case: 'scheme', value: 'HTTP' } },
      { match: { case: 'authority', value: 'ledger.bank:8080' } },
      { match: { case: 'path', value: '/books' } },
    ]);
  });
});
