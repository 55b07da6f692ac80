// What policy decided, by workload, Server, route and authorization: the rules that requests met, with who called. Every
// table of policy is a fold of these.

import type { PolicyRow } from '@latchwork/shared/policies';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import { sourceOf } from '../flows/peer.ts';
import type { Mesh } from '../mesh.ts';
import { isNoise } from '../noise.ts';
import type { MeshScope } from '../scope.ts';
import { StatTally } from './stat-tally.ts';

export type PolicyKey = Pick<PolicyRow, 'workload' | 'server' | 'route' | 'authorization'> & {
  readonly id: string;
  readonly namespace: string;
};

interface Client {
  rps: number;
  refused: number;
}

export interface PolicyRule {
  readonly key: PolicyKey;
  readonly tally: StatTally;
  /** By identity; empty for callers without one. */
  readonly clients: ReadonlyMap<string, Client>;
}

export interface PolicyFold<Group> {
  readonly group: Group;
  readonly tally: StatTally;
}

type Add = (tally: StatTally, labels: Labels, value: number, clientOf: () => Client) => void;

export function policyRules(mesh: Mesh, scope: Pick<MeshScope, 'noise'>): PolicyRule[] {
  const rules = new Map<string, PolicyRule & { readonly clients: Map<string, Client> }>();
  eachOf(mesh, scope, (key, labels, value, add) => {
    let rule = rules.get(key.id);
    if (!rule) {
      if (value === 0) return;
      rule = { key, tally: new StatTally(), clients: new Map() };
      rules.set(key.id, rule);
    }
    const { clients } = rule;
    add(rule.tally, labels, value, () => {
      const identity = labels['client_id'] ?? '';
      const client = clients.get(identity) ?? { rps: 0, refused: 0 };
      clients.set(identity, client);
      return client;
    });
  });
  return [...rules.values()];
}

/** Added up by what `groupOf` makes of each rule; null leaves it out. Quantiles are those of all of it. */
export function policyFolds<Group>(
  mesh: Mesh,
  scope: Pick<MeshScope, 'noise'>,
  groupOf: (key: PolicyKey) => readonly [id: string, group: Group] | null,
): Map<string, PolicyFold<Group>> {
  const folds = new Map<string, PolicyFold<Group>>();
  const nobody = () => ({ rps: 0, refused: 0 });
  eachOf(mesh, scope, (key, labels, value, add) => {
    const grouped = groupOf(key);
    if (!grouped) return;
    const [id, group] = grouped;
    if (value === 0 && !folds.has(id)) return;
    const fold = folds.get(id) ?? { group, tally: new StatTally() };
    folds.set(id, fold);
    add(fold.tally, labels, value, nobody);
  });
  return folds;
}

function eachOf(
  { statAnswers, names }: Mesh,
  { noise }: Pick<MeshScope, 'noise'>,
  take: (key: PolicyKey, labels: Labels, value: number, add: Add) => void,
): void {
  function each(samples: readonly Sample[] | undefined, add: Add, least = Number.MIN_VALUE) {
    for (const sample of samples ?? []) {
      const { labels } = names ? withClusterLabels(sample, names) : sample;
      if (!Number.isFinite(sample.value) || sample.value < least) continue;
      if (noise === 'hide' && isNoise(labels)) continue;
      // By its own name, where a user's route for probes is known as one.
      const key = keyOf(labels, sample.labels);
      if (key) take(key, labels, sample.value, add);
    }
  }
  each(statAnswers.policyResponses, (tally, labels, value, clientOf) => {
    tally.addResponses(labels, value);
    clientOf().rps += value;
  });
  // An empty bucket is where the next one begins; a rule of nothing else has answered nobody.
  each(statAnswers.policyLatency, (tally, labels, value) => tally.addLatency(labels, value), 0);
  each(statAnswers.policyDecisions, (tally, labels, value, clientOf) => {
    tally.addDecision(labels, value);
    const { decision = '' } = labels;
    const client = clientOf();
    if (decision !== 'allowed' && decision !== 'connectionsAllowed') client.refused += value;
  });
}

function keyOf(labels: Labels, own: Labels): PolicyKey | null {
  const workload = sourceOf(labels);
  const { srv_kind: serverKind, srv_name: serverName } = own;
  if (!workload || !serverName) return null;
  const { route_group: group = '', route_kind: routeKind, route_name: routeName } = own;
  const { authz_kind: authzKind, authz_name: authzName } = own;
  // Of an error before the protocol is known, the port is the proxy's own: the Server's is right.
  const server = {
    kind: serverKind || 'default',
    name: serverName,
    port: own['srv_port'] || own['target_port'] || null,
  };
  const route = routeName ? { group, kind: routeKind || 'default', name: routeName } : null;
  const authorization = authzName ? { kind: authzKind || 'default', name: authzName } : null;
  const id = [
    workload.id,
    ...[server.kind, server.name, server.port ?? ''],
    route ? `${route.group}/${route.kind}/${route.name}` : '',
    authorization ? `${authorization.kind}/${authorization.name}` : '',
  ].join(' ');
  return { id, namespace: workload.namespace, workload: workload.id, server, route, authorization };
}
