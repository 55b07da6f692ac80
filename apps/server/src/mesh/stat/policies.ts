// Mesh → what policy let in and turned away, in rows, with who called.

import type { Policies, PolicyClient, PolicyRow } from '@latchwork/shared/policies';
import type { Mesh } from '../mesh.ts';
import { type MeshScope, toSnapshot } from '../scope.ts';
import { type PolicyRule, policyRules } from './policy-rules.ts';
import { isShownNamespace } from './shown.ts';

/** Of each rule. */
const MOST_CLIENTS = 20;

export function toPolicies(mesh: Mesh, scope: MeshScope): Policies {
  const isShown = isShownNamespace(mesh, scope);
  const rows = policyRules(mesh, scope)
    .filter(({ key }) => isShown(key.namespace))
    .map((rule) => toPolicyRow(rule, mesh.windowSeconds))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...toSnapshot(mesh, { requestsPerSecond: 0, edges: 0 }), rows };
}

function toPolicyRow({ key, tally, clients }: PolicyRule, windowSeconds: number): PolicyRow {
  const { id, workload, server, route, authorization } = key;
  const sorted = [...clients]
    .map(([identity, { rps, refused }]): PolicyClient => ({ identity: identity || null, rps, refused }))
    .sort((a, b) => b.rps + b.refused - (a.rps + a.refused));
  return {
    ...{ id, workload, server, route, authorization },
    golden: tally.golden(windowSeconds),
    decisions: tally.decisions,
    clients: sorted.slice(0, MOST_CLIENTS),
    moreClients: Math.max(0, sorted.length - MOST_CLIENTS),
  };
}
