// Who there is and between whom something moves, with the noise: enough to count what a picture without it hides.

import type { Edge, EdgeHttp } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import type { Flows } from './flows/flows.ts';

export interface Outline {
  readonly nodes: ReadonlyMap<string, Node>;
  /** By source, then by target. */
  readonly edges: readonly OutlineEdge[];
  readonly namespaces: readonly string[];
  /** Namespaces of Linkerd's own. */
  readonly infrastructure: ReadonlySet<string>;
}

export interface OutlineEdge {
  readonly edge: Pick<Edge, 'source' | 'target'> & { readonly http: Pick<EdgeHttp, 'rps'> | null };
}

export function outlineEdges(flows: Flows): OutlineEdge[] {
  return flows
    .all()
    .filter((flow) => flow.isEdge)
    .map(({ source, target, isHttp, responses }) => ({
      edge: { source, target, http: isHttp ? { rps: responses.rps } : null },
    }))
    .sort(byEnds);
}

export function byEnds({ edge: a }: OutlineEdge, { edge: b }: OutlineEdge): number {
  return compare(a.source, b.source) || compare(a.target, b.target);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
