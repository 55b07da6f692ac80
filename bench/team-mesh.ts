// A made-up mesh of teams: namespaces that call little but themselves, in layers, and a platform that everybody calls.

import { seeded } from '@latchwork/graph/overview/chance';
import { sampleGraph } from '@latchwork/graph/quality/sample-graph';

type Graph = ReturnType<typeof sampleGraph>;

const LAYERS = 4;
const PLATFORM = 'platform';
const SHARED = ['auth', 'config', 'events', 'flags', 'mail', 'search'];

/** About 2.5 calls a workload, one in eight out of its namespace; one workload in thirty has no proxy. */
export function teamMesh(workloads: number, namespaces: number, seed = 3): Graph {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const shared = SHARED.map((name) => `${PLATFORM}/deployment/${name}`);
  const teams = Array.from({ length: namespaces }, (_, team) => {
    const size = Math.ceil((workloads - SHARED.length - team) / namespaces);
    return Array.from(
      { length: size },
      (_, index) => `team-${String(team).padStart(2, '0')}/deployment/service-${team}-${index}`,
    );
  });
  const plain = new Set(teams.flat().filter(() => random() < 1 / 30));
  const edges = new Map<string, Parameters<typeof sampleGraph>[0]['edges'][number]>();
  function call(source: string, target: string, kind = 'http') {
    if (source === target || plain.has(source)) return;
    const lock = plain.has(target) ? 'plaintext' : random() < 0.01 ? 'mixed' : 'secured';
    edges.set(`${source}>${target}`, { source, target, rps: 0.3 + 20 * random() ** 4, kind, lock });
  }
  for (const team of teams)
    for (const [index, source] of team.entries()) {
      const layer = Math.floor((index / team.length) * LAYERS);
      const below = team.slice(Math.ceil(((layer + 1) / LAYERS) * team.length));
      for (let calls = 0; calls < 2 && below.length > 0; calls++)
        call(source, pick(below), random() < 0.1 ? 'tcp' : 'http');
      if (random() < 0.3) call(source, pick(shared));
      if (random() < 0.3) call(source, pick(pick(teams)));
    }
  const ids = [...shared, ...teams.flat()].sort();
  return sampleGraph({
    nodes: ids.map((id) => ({ id, namespace: null, type: '' })),
    edges: [...edges.values()],
  });
}
