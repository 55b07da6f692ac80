// A made-up mesh in which everybody calls everybody: workloads dealt in turn to namespaces, popular targets, power-law callers.
// For tests and measurements only.

import { seeded } from '../overview/chance.ts';
import { sampleGraph } from './sample-graph.ts';

type Graph = ReturnType<typeof sampleGraph>;
type Random = () => number;

/** Four calls a workload, one workload in twenty without a proxy, one call in seven with failures. */
export function denseMesh(workloads: number, namespaces: number, seed = 1): Graph {
  const random = seeded(seed);
  const name = (i: number) => `team-${String(i % namespaces).padStart(2, '0')}/deployment/service-${i}`;
  const isMeshed = (i: number) => i % 20 !== 7;
  const popular = popularity(workloads, 0.8, random);
  const edges = new Map<
    string,
    { source: string; target: string; rps: number; kind: string; lock: 'secured' | 'plaintext' }
  >();
  for (let i = 0; i < workloads; i++) {
    const source = isMeshed(i) ? name(i) : null;
    const calls = Math.min(workloads - 1, Math.max(1, Math.round(2.2 / Math.sqrt(random() + 0.02))));
    for (let call = 0; call < calls; call++) {
      const to = popular();
      if (to === i) continue;
      const lock = source === null || !isMeshed(to) ? 'plaintext' : 'secured';
      const caller = source ?? `unmeshed:${name(to)}`;
      const rps = Math.exp(gauss(random) - 0.5);
      edges.set(`${caller}>${name(to)}`, { source: caller, target: name(to), rps, kind: 'http', lock });
    }
  }
  const list = [...edges.values()];
  const ids = new Set([
    ...Array.from({ length: workloads }, (_, i) => name(i)),
    ...list.map(({ source }) => source),
  ]);
  const nodes = [...ids].sort().map((id) => ({ id, namespace: null, type: '' }));
  return withFailures(sampleGraph({ nodes, edges: list }), 0.14, random);
}

/** Some of the edges with requests fail: between 0.1 and 12 % of them. */
export function withFailures({ nodes, edges }: Graph, share = 1 / 22, random = seeded(7)): Graph {
  const failing = edges.map((edge) => {
    const isFailing = random() < share;
    const failed = 0.001 + 0.12 * random() ** 3;
    return isFailing && edge.http ? { ...edge, http: { ...edge.http, successRate: 1 - failed } } : edge;
  });
  return { nodes, edges: failing };
}

/** Draws an index by Zipf's law. */
function popularity(count: number, exponent: number, random: Random): () => number {
  const sums: number[] = [];
  let sum = 0;
  for (let i = 1; i <= count; i++) {
    sum += i ** -exponent;
    sums.push(sum);
  }
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return () => {
    const at = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return order[low]!;
  };
}

function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
