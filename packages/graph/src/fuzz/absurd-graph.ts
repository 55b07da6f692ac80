// Graphs that no mesh would make, for fuzzing: any number, any name, edges between anything. For tests only.

import type { Edge } from '@latchwork/shared/edge';
import type { Golden } from '@latchwork/shared/golden';
import { LOCK_STATES } from '@latchwork/shared/lock';
import type { Node } from '@latchwork/shared/node';
import fc from 'fast-check';

/** What broke something once, before what chance thinks of. */
export const absurdNumber = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e308,
    -1e308,
    -1,
    -0,
    0,
    5e-324,
    2 ** 53,
  ),
  fc.double(),
  fc.integer({ min: 0, max: 1000 }),
);
const absurdOrNull = fc.option(absurdNumber, { freq: 4 });

export const absurdName = fc.oneof(
  fc.constantFrom(
    '',
    '\u0000',
    '\uffff',
    '\ud800',
    '\u202egnp.exe',
    '</text><script>',
    '__proto__',
    'constructor',
    ']]>',
  ),
  fc.constant('x'.repeat(400)),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

const golden: fc.Arbitrary<Golden> = fc.record({
  rps: absurdNumber,
  successRate: absurdOrNull,
  requests: absurdNumber,
  failures: absurdNumber,
  p50Ms: absurdOrNull,
  p95Ms: absurdOrNull,
  p99Ms: absurdOrNull,
});

const goldenOrNull: fc.Arbitrary<Golden | null> = fc.option(golden);

function toNode(index: number, namespace: string, name: string, kind: number): fc.Arbitrary<Node> {
  const id = `${namespace}/deployment/${name}${index}`;
  switch (kind) {
    case 0:
      return fc.constant({ type: 'service', id, namespace, name });
    case 1:
      return fc.constant({ type: 'external', id: `external:${name}${index}`, what: 'host', name });
    case 2:
      return fc.constant({ type: 'unmeshed', id: `unmeshed:${id}`, target: id });
    default:
      return fc.record({
        type: fc.constant('workload' as const),
        id: fc.constant(id),
        namespace: fc.constant(namespace),
        kind: fc.constant('deployment' as const),
        name: fc.constant(name),
        golden: goldenOrNull,
        denied: absurdOrNull,
        meshed: fc.constantFrom(true, false, null),
      });
  }
}

function edgesBetween(ids: readonly string[]): fc.Arbitrary<Edge[]> {
  const end = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...ids) }, fc.constant('nobody/knows/it'));
  const edge: fc.Arbitrary<Edge> = fc.record({
    source: end,
    target: end,
    http: fc.option(
      golden.chain((of) => absurdOrNull.map((securedShare) => ({ ...of, securedShare }))),
      { freq: 3 },
    ),
    tcp: fc.option(
      fc.record({
        opensPerSecond: absurdOrNull,
        openConnections: absurdOrNull,
        readBytesPerSecond: absurdOrNull,
        writeBytesPerSecond: absurdOrNull,
        securedShare: absurdOrNull,
      }),
    ),
    lock: fc.record({
      state: fc.constantFrom(...LOCK_STATES),
      securedShare: absurdOrNull,
      reasons: fc.constant([]),
      clientIds: fc.constant([]),
      serverIds: fc.constant([]),
    }),
    refusedShare: absurdOrNull,
    refused: fc.option(
      fc.record({
        authorization: absurdNumber,
        route: absurdNumber,
        rateLimit: absurdNumber,
        egress: absurdNumber,
      }),
    ),
    unreached: fc.option(fc.dictionary(fc.constantFrom('FAIL_FAST', 'LOAD_SHED'), absurdNumber)),
    notes: fc.constant([]),
  });
  return fc.array(edge, { maxLength: 30 });
}

export interface AbsurdGraph {
  readonly at: string;
  readonly nodes: Node[];
  readonly edges: Edge[];
}

export const absurdGraph: fc.Arbitrary<AbsurdGraph> = fc
  .array(
    fc.tuple(fc.constantFrom('a', 'b', 'constructor', '__proto__', '\u0000'), absurdName, fc.nat({ max: 6 })),
    {
      minLength: 1,
      maxLength: 16,
    },
  )
  .chain((kinds) => fc.tuple(...kinds.map(([namespace, name, kind], i) => toNode(i, namespace, name, kind))))
  .chain((nodes) =>
    edgesBetween(nodes.map(({ id }) => id)).map((edges) => ({ at: '2026-11-23T15:47:10Z', nodes, edges })),
  );
