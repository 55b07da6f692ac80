// Mesh → how responses ended, of one edge or of one workload. Pure.

import type { ResponseCount, Responses } from '@latchwork/shared/asked/responses';
import { edgeEnds } from '@latchwork/shared/edge-id';
import { MOST_BY_STATUS } from '../../sources/prometheus/questions/statuses.ts';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import { sourceOf } from '../flows/peer.ts';
import { Statuses } from '../flows/statuses.ts';
import type { Mesh } from '../mesh.ts';
import { isNoise } from '../noise.ts';
import type { MeshScope } from '../scope.ts';
import { onDemand, untoldWorkload } from './on-demand.ts';

const COUNTED_BY_TARGET =
  'the caller counts nothing here, and whom it calls counts how responses ended for all callers together: see there';

/** Of a workload, the part is missing where the store was not asked about it yet. */
export function toResponses(mesh: Mesh, where: string, { noise }: Pick<MeshScope, 'noise'>): Responses {
  const showNoise = noise === 'show';
  const ends = edgeEnds(where);
  const asked = onDemand(mesh, 'responseStatuses', where);
  const ended = ends ? ofEdge(mesh, ends, showNoise) : null;
  const counts = ends ? ended?.counts : asked.isAsked ? ofWorkload(mesh, where, showNoise) : [];
  return {
    ...asked.snapshot,
    where,
    counts: [...(counts ?? [])],
    untold: ended ? ended.untold : untoldWorkload(asked, MOST_BY_STATUS),
  };
}

function ofEdge(
  mesh: Mesh,
  { source, target }: { readonly source: string; readonly target: string },
  showNoise: boolean,
): { readonly counts: readonly ResponseCount[]; readonly untold: string | null } {
  const { edges, endedOf } = mesh.picture(showNoise);
  const counts = endedOf(source, target);
  const isCounted = edges.some(
    ({ edge }) => edge.source === source && edge.target === target && edge.http !== null,
  );
  return { counts: counts ?? [], untold: isCounted && counts === null ? COUNTED_BY_TARGET : null };
}

function ofWorkload({ statusAnswers, names, windowSeconds }: Mesh, id: string, showNoise: boolean) {
  const statuses = new Statuses();
  for (const sample of statusAnswers.responseStatuses ?? []) {
    const { labels } = names ? withClusterLabels(sample, names) : sample;
    const { value } = sample;
    if (!Number.isFinite(value) || value <= 0 || (!showNoise && isNoise(labels))) continue;
    if (sourceOf(labels)?.id === id) statuses.add(labels, value);
  }
  return statuses.counts(windowSeconds);
}
