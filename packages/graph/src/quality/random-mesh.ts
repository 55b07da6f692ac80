// Small invented meshes by seed: odd on purpose (cycles, hubs, islands, one-card boxes). For tests and measurements only.

import type { LockState } from '@latchwork/shared/lock';
import { egressId, externalId, unmeshedId } from '@latchwork/shared/node-id';
import { seeded } from '../overview/chance.ts';
import type { SampleMesh } from './sample-graph.ts';

const KINDS = ['deployment', 'deployment', 'deployment', 'statefulset', 'daemonset', 'job'] as const;
const LOCKS: readonly LockState[] = ['secured', 'secured', 'secured', 'plaintext', 'mixed', 'opaque'];

/** 2 to 22 workloads in 1 to 6 namespaces, 0.8 to 2.4 links each. */
export function randomMesh(seed: number): SampleMesh {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const namespaces = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, i) => `ns-${i}`);
  const count = 2 + Math.floor(random() * 21);
  const workloads = Array.from({ length: count }, (_, i) => `${pick(namespaces)}/${pick(KINDS)}/w-${i}`);
  const edges = new Map<string, SampleMesh['edges'][number]>();

  function call(source: string, target: string, kind = 'http', lock: LockState = pick(LOCKS)) {
    const rps = kind === 'tcp' ? 0 : 10 ** (3 * random() - 1);
    if (source !== target) edges.set(`${source}>${target}`, { source, target, rps, kind, lock });
  }

  const calls = Math.round(count * (0.8 + 1.6 * random()));
  const hub = pick(workloads);
  for (let i = 0; i < calls; i++) {
    const [a, b] = [Math.floor(random() * count), Math.floor(random() * count)];
    const forward = random() < 0.85; // the rest may close cycles
    const [source, target] = forward === a < b ? [a, b] : [b, a];
    const kind = random() < 0.1 ? 'tcp' : random() < 0.06 ? 'refused' : 'http';
    call(workloads[source]!, random() < 0.15 ? hub : workloads[target]!, kind);
  }
  for (let i = 0; i < 3 * random(); i++) {
    const target = pick(workloads);
    call(unmeshedId(target), target, 'http', 'plaintext');
  }
  for (let i = 0; i < 3 * random(); i++)
    call(pick(workloads), externalId(`203.0.113.${i + 1}:443`), 'http', 'plaintext');
  if (random() < 0.3) call(pick(workloads), egressId('ns-0', 'no-internet'), 'refused', 'unknown');
  if (random() < 0.4) call(pick(workloads), `${pick(namespaces)}/service/gone`, 'unreached', 'unknown');

  const list = [...edges.values()].sort((a, b) => (a.source + a.target < b.source + b.target ? -1 : 1));
  const ids = [...new Set([...workloads, ...list.flatMap(({ source, target }) => [source, target])])].sort();
  return { nodes: ids.map((id) => ({ id, namespace: null, type: '' })), edges: list };
}
