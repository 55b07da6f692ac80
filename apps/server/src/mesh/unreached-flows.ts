// Calls that never got to an endpoint, and egress that was denied: in no `response_total` (truth rule 11).

import { serviceId } from '@latchwork/shared/node-id';
import type { Labels } from '../sources/prometheus/sample.ts';
import type { MeshAnswers } from './answers.ts';
import type { Flows } from './flows.ts';
import { egressPeer, type Peer, sourceOf } from './peer.ts';

export function addUnreached(flows: Flows, answers: MeshAnswers): void {
  for (const { labels, value } of answers.unreached ?? []) {
    const source = sourceOf(labels);
    if (!source || !Number.isFinite(value) || value <= 0) continue;
    const target = parentOf(labels, source.namespace);
    if (!target) continue;
    flows.know(source);
    flows.know(target);
    const flow = flows.between(source.id, target.id);
    if (labels['outcome'] === 'egress') flow.addRefused('egress', value);
    else flow.addUnreached(labels['error'] || 'UNKNOWN', value);
    if (mayBeAnothers(answers, labels, source.id))
      flow.notes.add(
        `this caller uses Services named ${labels['parent_name']} of several namespaces, which its proxy counts as one: it may be one of the others`,
      );
  }
}

/** Null for parents that name no place: a forwarded address, an unknown destination. */
function parentOf(labels: Labels, sourceNamespace: string): Peer | null {
  const { parent_kind: kind, parent_name: name, hostname = '' } = labels;
  const namespace = labels['parent_namespace'] || sourceNamespace;
  if (!name) return null;
  if (kind === 'EgressNetwork') return egressPeer(namespace, name, hostname);
  return kind === 'Service' ? { type: 'service', id: serviceId(namespace, name), namespace, name } : null;
}

/** A proxy tells parents apart by group, kind and name, not by namespace. */
function mayBeAnothers(answers: MeshAnswers, { parent_name: name }: Labels, source: string): boolean {
  const namespaces = new Set<string>();
  for (const { labels } of answers.outbound ?? [])
    if (labels['dst_service'] === name && labels['dst_namespace'] && sourceOf(labels)?.id === source)
      namespaces.add(labels['dst_namespace']);
  return namespaces.size > 1;
}
