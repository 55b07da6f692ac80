// All that is worth saying of one edge, kind by kind.

import { edgeId } from '@latchwork/shared/edge-id';
import type { Node } from '@latchwork/shared/node';
import type { ClusterView } from '../cluster/cluster-view.ts';
import type { PictureEdge } from '../picture.ts';
import { lockFindings } from './lock-findings.ts';
import { lostFindings } from './lost-findings.ts';
import type { Made } from './made.ts';
import { refusedFindings } from './refused-findings.ts';

export function edgeProblems(
  { edge, openPorts }: PictureEdge,
  nodes: ReadonlyMap<string, Node>,
  cluster: Pick<ClusterView, 'causesOf'> | null,
): Made[] {
  const { source, target, lock } = edge;
  const place = {
    where: edgeId(source, target),
    target: nodes.get(target) ?? null,
    partly: edge.http !== null || edge.tcp !== null,
  };
  const isOpen = lock.state !== 'secured' && lock.state !== 'unknown';
  const causes = isOpen && cluster ? cluster.causesOf({ source, target, ports: openPorts }) : [];
  return [
    ...lostFindings(edge.unreached, place),
    ...refusedFindings(edge.refused, place),
    ...(isOpen ? lockFindings(edge, place.target, causes) : []),
  ];
}
