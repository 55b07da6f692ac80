// Whatever comes from outside ends in a value that fits the contract, or in a sentence: nothing uncaught, nothing that hangs.
// Seeded, so that what fails once fails always.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { TOPICS } from '@latchwork/shared/live/live';
import { TappedRequest } from '@latchwork/shared/tap/tap';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBreach } from '../src/contract/check.ts';
import { toClusterView } from '../src/mesh/cluster/cluster-view.ts';
import { toProblems } from '../src/mesh/findings/problems.ts';
import { toGraph } from '../src/mesh/graph.ts';
import { toRoutes } from '../src/mesh/routes/routes.ts';
import { createTapRing } from '../src/mesh/tap/tap-ring.ts';
import { toWorkloads } from '../src/mesh/workloads.ts';
import { parseAccessTokens } from '../src/security/access-tokens.ts';
import { parseLinkKeys } from '../src/security/links/link-keys.ts';
import { readLink, signLink } from '../src/security/links/signed-link.ts';
import { readClusterConfig } from '../src/sources/kubernetes/kubeconfig/config.ts';
import { SourceError } from '../src/sources/source-error.ts';
import { decodeFrame } from '../src/sources/tap/decode.ts';
import { createFrameReader } from '../src/sources/tap/frame.ts';
import { TapEvent_ProxyDirection, TapEventSchema } from '../src/sources/tap/gen/tap_pb.js';
import { buildTestApp, LOCAL } from './build-test-app.ts';
import { KEY, NOW_MS } from './embed/embed-parts.ts';
import { meshOf, WHOLE } from './inputs/mesh-of.ts';
import { stateOf } from './kubernetes/made-up-cluster.ts';

const RUNS = { seed: 20261123, numRuns: 300 };

const name = fc.oneof(
  fc.constantFrom(
    'shop',
    'web',
    'linkerd',
    'constructor',
    '__proto__',
    '',
    '/',
    'a/b/c',
    '\u0000',
    'x'.repeat(300),
  ),
  fc.string({ unit: 'binary', maxLength: 10 }),
);
const LABELS = [
  ...[
    'namespace',
    'deployment',
    'statefulset',
    'job',
    'pod',
    'dst_namespace',
    'dst_deployment',
    'dst_service',
  ],
  ...['dst_pod', 'target_ip', 'target_port', 'authority', 'tls', 'no_tls_reason', 'client_id', 'server_id'],
  ...[
    'classification',
    'status_code',
    'error',
    'le',
    'route_name',
    'srv_name',
    'what',
    'dst_control_plane_ns',
  ],
  ...[
    'direction',
    'hostname',
    'refusal',
    'parent_name',
    'parent_namespace',
    'q',
    'backend_name',
    'route_kind',
  ],
];
const workload = fc.constantFrom('web', 'front', 'constructor');
/** Most of a row is as a proxy writes it: else chance would make no edge. */
const ends = fc.record(
  {
    namespace: fc.constantFrom('shop', '__proto__'),
    deployment: workload,
    dst_namespace: fc.constantFrom('shop', 'toString'),
    dst_deployment: workload,
    dst_service: workload,
    dst_control_plane_ns: fc.constant('linkerd'),
    target_port: fc.constantFrom('8080', ''),
    classification: fc.constantFrom('success', 'failure'),
    tls: fc.constantFrom('true', 'no_identity', 'disabled'),
    client_id: fc.constantFrom('front.shop.serviceaccount.identity.linkerd.cluster.local', 'x'),
    le: fc.constantFrom('10', '100', '+Inf'),
    refusal: fc.constantFrom('authorization', 'route', 'rateLimit', 'connection'),
  },
  { requiredKeys: ['namespace', 'deployment'] },
);
const strange = fc.dictionary(fc.constantFrom(...LABELS), name, { maxKeys: 3 });
const labels = fc.tuple(ends, strange).map(([usual, odd]) => ({ ...usual, ...odd }));
/** As they pass the gate: finite and not below nothing. */
const amount = fc.oneof(fc.constantFrom(0, 5e-324, 1e12), fc.double({ min: 0, max: 1e12, noNaN: true }));
const rows = fc.array(fc.record({ labels, value: amount }), { maxLength: 12 });
const PARTS = [
  ...['open', 'outbound', 'inbound', 'connections', 'unreached', 'refused', 'admitted', 'inboundLatency'],
  ...['noiseLatency', 'outboundLatency', 'volume', 'routeRequests', 'routeBackends', 'profileResponses'],
  ...['podResponses', 'podCounts', 'podLatency', 'serviceResponses', 'serviceCounts', 'serviceLatency'],
  ...['policyResponses', 'policyDecisions', 'policyLatency'],
] as const;
const answers = fc.record(Object.fromEntries(PARTS.map((part) => [part, rows])));
const EVENT = toBinary(
  TapEventSchema,
  create(TapEventSchema, {
    proxyDirection: TapEvent_ProxyDirection.INBOUND,
    sourceMeta: { labels: { namespace: 'shop', deployment: 'front', client_id: 'front.shop', tls: 'true' } },
    destinationMeta: { labels: { namespace: 'shop', deployment: 'web', tls: 'loopback' } },
    event: {
      case: 'http',
      value: {
        event: {
          case: 'requestInit',
          value: {
            id: { base: 1, stream: 2n },
            authority: 'web.shop:8080',
            path: '/orders?token=secret&page=2',
            headers: { headers: [{ name: 'accept', value: { case: 'valueStr', value: '*/*' } }] },
          },
        },
      },
    },
  }),
);
const anything = fc.anything({ maxDepth: 4, withNullPrototype: true });

describe('the join of a mesh', () => {
  it('fits the contract, whatever the labels of a store', () => {
    let drawn = 0;
    fc.assert(
      fc.property(answers, (said) => {
        const mesh = meshOf(said as never);
        drawn += toGraph(mesh, WHOLE).edges.length;
        const targets = { successTarget: 0.99, latencyTargetMs: 1000 };
        expect(findBreach(TOPICS.graph.value, toGraph(mesh, WHOLE))).toBeNull();
        expect(findBreach(TOPICS.workloads.value, toWorkloads(mesh, WHOLE))).toBeNull();
        expect(findBreach(TOPICS.routes.value, toRoutes(mesh, WHOLE))).toBeNull();
        expect(findBreach(TOPICS.problems.value, toProblems(mesh, WHOLE, targets as never))).toBeNull();
      }),
      RUNS,
    );
    // Chance made meshes, not only empty ones.
    expect(drawn).toBeGreaterThan(1_000);
  });

  it('takes any objects for those of Kubernetes', () => {
    const object = fc.record({
      metadata: fc.record(
        {
          name,
          namespace: name,
          uid: name,
          labels: anything,
          annotations: anything,
          ownerReferences: anything,
        },
        { requiredKeys: ['name'] },
      ),
      spec: anything,
      status: anything,
    });
    const kinds = ['pods', 'deployments', 'namespaces', 'services', 'httpRoutes', 'servers', 'jobs'];
    const lists = fc.record(
      Object.fromEntries(kinds.map((kind) => [kind, fc.array(object, { maxLength: 4 })])),
    );
    fc.assert(
      fc.property(lists, (said) => {
        const { inventory } = toClusterView(stateOf(said as never));
        expect(findBreach(TOPICS.inventory.value, inventory)).toBeNull();
      }),
      { ...RUNS, numRuns: 150 },
    );
  });
});

describe('the bytes of a tap', () => {
  it('are frames that decode, or are refused, and what is shown of them fits the contract', () => {
    // An event as it is, with some bytes changed: pure chance is hardly ever one.
    const spoilt = fc
      .array(fc.tuple(fc.nat(EVENT.length - 1), fc.nat(255)), { maxLength: 3 })
      .map((changes) => {
        const bytes = EVENT.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const frame = fc.oneof({ weight: 4, arbitrary: spoilt }, fc.uint8Array({ maxLength: 80 }));
    let shown = 0;
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 10 }), fc.boolean(), (frames, isFramed) => {
        const ring = createTapRing({
          target: { namespace: 'shop', workloadId: null },
          noise: 'show',
          nowMs: () => NOW_MS,
        });
        const reader = createFrameReader();
        for (const bytes of frames) {
          const head = new Uint8Array(4);
          new DataView(head.buffer).setUint32(0, bytes.length, true);
          let whole: Uint8Array[] = [];
          try {
            whole = isFramed ? [...reader.push(head), ...reader.push(bytes)] : reader.push(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            return;
          }
          for (const one of whole) {
            try {
              const decoded = decodeFrame(one);
              if (decoded.kind === 'part') ring.push(decoded.part);
            } catch (error) {
              expect(error).toBeInstanceOf(Error);
            }
          }
        }
        for (const request of ring.snapshot().requests) {
          shown++;
          expect(findBreach(TappedRequest, request)).toBeNull();
        }
      }),
      RUNS,
    );
    expect(shown).toBeGreaterThan(100);
  });
});

describe('files from outside', () => {
  it('are a kubeconfig, or an error that says what is wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchwork-fuzz-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'config');
    const entry = fc.record({ name: anything, cluster: anything, user: anything, context: anything });
    const config = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .record({
          'current-context': fc.oneof(fc.constant('a'), anything),
          contexts: fc.oneof(fc.constant([{ name: 'a', context: { cluster: 'a', user: 'a' } }]), anything),
          clusters: fc.oneof(fc.array(entry, { maxLength: 3 }), anything),
          users: fc.oneof(fc.array(entry, { maxLength: 3 }), anything),
        })
        .map((value) =>
          JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? String(each) : each)),
        ),
    );
    await fc.assert(
      fc.asyncProperty(config, async (text) => {
        writeFileSync(file, text ?? '');
        const input = { kubeconfig: file, context: null, environment: {}, homeFolder: null };
        await readClusterConfig(input).then(
          ({ server }) => expect(server).toMatch(/^https?:/),
          (error) => expect(error).toBeInstanceOf(SourceError),
        );
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  it('are keys and tokens, or a sentence without their secrets', () => {
    const line = fc.tuple(
      name,
      fc.constantFrom(':', '::', ' ', ':viewer:', ':admin:'),
      fc.string({ maxLength: 50 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const text = lines.map((parts) => parts.join('')).join('\n');
        for (const parse of [parseLinkKeys, parseAccessTokens]) {
          try {
            expect(parse(text).length).toBeGreaterThan(0);
          } catch (error) {
            for (const [, , secret] of lines)
              if (secret.length > 12) expect((error as Error).message).not.toContain(secret);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('a signed link', () => {
  it('is good as it was made, and in no other way', () => {
    const link = signLink({ namespaces: ['shop'], view: 'graph' }, NOW_MS / 1000 + 60, KEY, 'id');
    expect(readLink(link, [KEY], NOW_MS / 1000)).toHaveProperty('scope');
    const changed = fc.tuple(fc.nat(link.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }));
    fc.assert(
      fc.property(changed, ([at, gone, put]) => {
        const other = link.slice(0, at) + put + link.slice(at + gone);
        if (other !== link) expect(readLink(other, [KEY], NOW_MS / 1000)).toHaveProperty('fault');
      }),
      RUNS,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readLink(text, [KEY], NOW_MS / 1000)).toHaveProperty('fault');
      }),
      RUNS,
    );
  });
});

describe('messages on the socket, and queries', () => {
  it('are answered, whatever they are: the socket stays', async () => {
    const app = await buildTestApp();
    const socket = await app.injectWS('/api/live', { headers: LOCAL });
    onTestFinished(() => socket.terminate());
    let answered = 0;
    socket.on('message', () => answered++);
    const message = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc
        .record({
          type: fc.constantFrom('subscribe', 'unsubscribe', 'ping', 'nothing'),
          id: fc.oneof(fc.string({ maxLength: 70 }), anything),
          topic: fc.oneof(fc.constantFrom(...Object.keys(TOPICS), 'constructor'), anything),
          params: anything,
        })
        .map((value) =>
          JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? String(each) : each)),
        ),
    );
    const messages = fc.sample(message, { seed: RUNS.seed, numRuns: 200 });
    for (const each of messages) socket.send(each);
    socket.send('{"type":"ping"}');
    await expect.poll(() => answered).toBeGreaterThan(150);
    expect(socket.readyState).toBe(socket.OPEN);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });

  it('are answered with a picture, or with what is wrong: never with a 500', async () => {
    const app = await buildTestApp();
    const params = [
      'namespace',
      'window',
      'at',
      'noise',
      'focus',
      'folded',
      'hidden',
      'only',
      'width',
      'title',
      'link',
    ];
    const query = fc.dictionary(fc.constantFrom(...params), name, { maxKeys: 4 });
    for (const each of fc.sample(query, { seed: RUNS.seed, numRuns: 120 })) {
      const text = Object.entries(each)
        .map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`)
        .join('&');
      for (const path of [
        '/api/graph',
        '/embed/graph.svg',
        '/embed/badge.svg',
        '/embed/graph',
        '/embed/oembed',
      ]) {
        const { statusCode } = await app.inject({ url: `${path}?${text}`, headers: LOCAL });
        expect([path, text, statusCode < 500]).toEqual([path, text, true]);
      }
    }
  });
});
