// Which objects of Kubernetes a workload is made of, and which policies and routes name a Server. Pure.

import { kindName } from '@latchwork/figures/kind';
import type { AskedKind, ObjectRef } from '@latchwork/shared/asked/asked-objects';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { ClusterView } from './cluster-view.ts';

interface Involved {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** What fails to make a pod is told of the ReplicaSet: of the newest ones. */
const NEWEST_SETS = 2;

/** The workload itself, its newest ReplicaSets, then its pods, those in trouble first. Only itself where nothing else is known. */
export function involvedOf(view: ClusterView | null, id: string): Involved[] {
  const parts = parseNodeId(id);
  if (parts?.type !== 'workload') return [];
  const { namespace, name } = parts;
  const kind = kindName(parts.kind);
  const sets = (view?.state.objects.replicasets ?? [])
    .filter(
      ({ meta }) => meta.namespace === namespace && meta.owner?.kind === kind && meta.owner.name === name,
    )
    .sort((a, b) => (a.meta.createdAt > b.meta.createdAt ? -1 : 1))
    .slice(0, NEWEST_SETS);
  const pods = [...(view?.workloads.get(id)?.pods ?? [])].sort(
    (a, b) => Number(a.ready) - Number(b.ready) || b.restarts - a.restarts,
  );
  return [
    { kind, namespace, name },
    ...sets.map(({ meta }) => ({ kind: 'ReplicaSet', namespace, name: meta.name })),
    ...(kind === 'Pod' ? [] : pods.map((pod) => ({ kind: 'Pod', namespace, name: pod.name }))),
  ];
}

/** Routes that hang on a Server, and AuthorizationPolicies that are about it, its route, or all of its namespace. */
export function policiesOf({ state: { objects } }: ClusterView, of: ObjectRef): ObjectRef[] {
  const { kind, namespace, name } = of;
  if (kind !== 'server' && kind !== 'httproute' && kind !== 'grpcroute') return [];
  const isOf = (about: { kind: string; name: string }) =>
    about.kind.toLowerCase() === kind && about.name === name;
  const authorizations = objects.authorizations.filter(
    ({ target }) => isOf(target) || (kind === 'server' && target.kind === 'Namespace'),
  );
  const routes = objects.policyRoutes.filter(({ parents }) => kind === 'server' && parents.some(isOf));
  const refs = (found: readonly { meta: { namespace: string; name: string } }[], as: AskedKind) =>
    found
      .filter(({ meta }) => meta.namespace === namespace)
      .map(({ meta }) => ({ kind: as, namespace, name: meta.name }));
  return [...refs(routes, 'httproute'), ...refs(authorizations, 'authorizationpolicy')];
}
