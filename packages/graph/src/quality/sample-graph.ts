// The compact meshes of the samples as the contract's graph. For tests and measurements only.

import type { Edge } from '@latchwork/shared/edge';
import type { LockState } from '@latchwork/shared/lock';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';

export interface SampleMesh {
  nodes: readonly { id: string; namespace: string | null; type: string }[];
  edges: readonly { source: string; target: string; rps: number; kind: string; lock: LockState }[];
}

const MIXED_SHARE = 0.44;

export function sampleGraph({ nodes, edges }: SampleMesh): { nodes: Node[]; edges: Edge[] } {
  return { nodes: nodes.map(({ id }) => toNode(id)), edges: edges.map(toEdge) };
}

function toNode(id: string): Node {
  const parts = parseNodeId(id);
  if (parts?.type === 'external') return { type: 'external', id, what: parts.what, name: null };
  if (parts?.type === 'unmeshed' || parts?.type === 'service') return { ...parts, id };
  if (parts?.type !== 'workload') throw new Error(`no node of a sample: ${id}`);
  const golden = { rps: 1, successRate: 1, requests: 60, failures: 0, p50Ms: 5, p95Ms: 20, p99Ms: 40 };
  return {
    ...parts,
    id,
    kind: parts.kind as WorkloadKind,
    golden,
    denied: 0,
    meshed: true,
  };
}

function toEdge({ source, target, rps, kind, lock }: SampleMesh['edges'][number]): Edge {
  const securedShare =
    lock === 'secured' ? 1 : lock === 'mixed' ? MIXED_SHARE : lock === 'plaintext' ? 0 : null;
  const toOutside = parseNodeId(target)?.type === 'external';
  const refused = { authorization: toOutside ? 0 : rps, route: 0, rateLimit: 0, egress: toOutside ? rps : 0 };
  const hasHttp = kind === 'http' || (kind === 'refused' && !toOutside);
  const counts = { requests: Math.round(rps * 60), failures: 0 };
  return {
    source,
    target,
    http: hasHttp ? { rps, successRate: 1, ...counts, p50Ms: 5, p95Ms: 20, p99Ms: 40, securedShare } : null,
    tcp:
      kind === 'tcp'
        ? {
            opensPerSecond: 0,
            openConnections: 2,
            readBytesPerSecond: 100,
            writeBytesPerSecond: 100,
            securedShare,
          }
        : null,
    lock: { state: lock, securedShare, reasons: [], clientIds: [], serverIds: [] },
    refused: kind === 'refused' ? refused : null,
    refusedShare: kind === 'refused' ? 1 : null,
    unreached: kind === 'unreached' ? { FAIL_FAST: rps } : null,
    notes: [],
  };
}
