// Calls that never got to an endpoint, and egress that was denied: in no `response_total` (truth rule 11).

import type { Labels } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import type { Flows } from './flows.ts';
import { egressPeer, type Peer, sourceOf } from './peer.ts';

export function addUnreached(flows: Flows, answers: MeshAnswers): void {
  const namespacesOf = calledNamespaces(answers);
  for (const { labels, value } of answers.unreached ?? []) {
    const source = sourceOf(labels);
    if (!source || !Number.isFinite(value) || value <= 0) continue;
    const target = parentOf(flows, labels, source.namespace);
    if (!target) continue;
    flows.know(source);
    flows.know(target);
    const flow = flows.between(source.id, target.id);
    if (isDenied(labels)) flow.addRefused('egress', value);
    else flow.addUnreached(errorOf(labels), value);
    if ((namespacesOf(source.id, labels['parent_name'])?.size ?? 0) > 1)
      flow.note(
        `this caller uses Services named ${labels['parent_name']} of several namespaces, which its proxy counts as one: it may be one of the others`,
      );
  }
}

/** Null for parents that name no place: a forwarded address, an unknown destination. */
function parentOf(flows: Flows, labels: Labels, sourceNamespace: string): Peer | null {
  const { parent_kind: kind, parent_name: name, hostname = '' } = labels;
  const namespace = labels['parent_namespace'] || sourceNamespace;
  if (!name) return null;
  if (kind === 'EgressNetwork') return egressPeer(namespace, name, hostname);
  return kind === 'Service' ? flows.targetOf({ dst_namespace: namespace, dst_service: name }) : null;
}

function isDenied({ route_name: route = '' }: Labels): boolean {
  return route.endsWith('-egress-deny');
}

/** In capitals, as the families of HTTP and gRPC have them; those of TCP count connections, and why the proxy closed them. */
function errorOf({ error = '', route_name: route }: Labels): string {
  return route === 'undefined-port' ? 'UNDEFINED_PORT' : error.toUpperCase() || 'UNKNOWN';
}

/**
 * The namespaces of the Services of one name that a caller calls: a proxy tells parents apart by group, kind and name,
 * not by namespace.
 */
function calledNamespaces(answers: MeshAnswers) {
  let found: Map<string, Set<string>> | null = null;
  function toMap(): Map<string, Set<string>> {
    const map = new Map<string, Set<string>>();
    for (const { labels } of answers.outbound ?? []) {
      const { dst_service: service, dst_namespace: namespace } = labels;
      const source = service && namespace ? sourceOf(labels) : null;
      if (!source || !namespace) continue;
      const key = `${source.id} ${service}`;
      const namespaces = map.get(key) ?? new Set();
      map.set(key, namespaces.add(namespace));
    }
    return map;
  }
  return (source: string, service: string | undefined) => {
    found ??= toMap();
    return found.get(`${source} ${service}`);
  };
}
