// Which workloads stand behind the backends of a route with weights: what lets an edge say what share it should have. Pure.

import { serviceId } from '@latchwork/shared/node-id';
import type { PodObject, ServiceObject } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import type { Owners } from '../inventory/owners.ts';
import { selectsPod } from '../inventory/selector.ts';
import { parentOfDestination } from './destination.ts';
import type { Routing } from './routing.ts';

export interface SplitBackend {
  /** Configured, as a share of all, 0 to 1. */
  readonly weight: number;
  /** Ids of the workloads that its Service selects pods of. */
  readonly workloads: readonly string[];
}

export interface Split {
  /** Id of the Service whose calls are split. */
  readonly parent: string;
  readonly route: { readonly kind: string; readonly namespace: string; readonly name: string };
  /** RFC 3339: not changed after; null where nobody noted it. */
  readonly since: string | null;
  /** Callers that it holds for are of this namespace; null: all of them. */
  readonly callersOf: string | null;
  readonly backends: readonly SplitBackend[];
}

interface Weighted {
  readonly service: string;
  readonly weight: number;
}

/** Routes of one rule with two or more Services, overrides of ServiceProfiles, and TrafficSplits. */
export function toSplits(
  routing: Routing,
  { objects }: Pick<KubernetesState, 'objects'>,
  owners: Owners,
): Split[] {
  const drafts = [...ofRoutes(routing), ...ofProfiles(routing), ...ofTrafficSplits(routing)];
  if (drafts.length === 0) return [];
  const workloadsOf = createWorkloadsOf(objects, owners);
  return drafts.map(({ weighted, ...split }) => {
    const all = weighted.reduce((sum, { weight }) => sum + weight, 0);
    return {
      ...split,
      backends: weighted.map(({ service, weight }) => ({
        weight: weight / all,
        workloads: workloadsOf(service),
      })),
    };
  });
}

type Draft = Omit<Split, 'backends'> & { readonly weighted: readonly Weighted[] };

function ofRoutes({ routes }: Routing): Draft[] {
  return routes.flatMap(({ kind, object: { meta, parents, rules, specAt } }) => {
    const [rule, ...others] = rules;
    // With several rules nobody knows which of them a request took.
    if (!rule || others.length > 0) return [];
    const weighted = rule.backends
      .filter((backend) => backend.kind === 'Service')
      .map(({ namespace, name, weight }) => ({
        service: serviceId(namespace ?? meta.namespace, name),
        weight,
      }));
    if (!isSplit(weighted) || weighted.length < rule.backends.length) return [];
    const route = { kind, namespace: meta.namespace, name: meta.name };
    return parents
      .filter((parent) => parent.kind === 'Service')
      .map((parent) => {
        const namespace = parent.namespace ?? meta.namespace;
        return {
          ...{ parent: serviceId(namespace, parent.name), route, since: specAt, weighted },
          callersOf: namespace === meta.namespace ? null : meta.namespace,
        };
      });
  });
}

function ofProfiles({ profiles }: Routing): Draft[] {
  return profiles.flatMap(({ meta, overrides, specAt }) => {
    const parent = parentOfDestination(meta.name);
    const weighted = overrides.flatMap(({ authority, weight }) => {
      const service = parentOfDestination(authority);
      return service === null ? [] : [{ service, weight }];
    });
    if (parent === null || !isSplit(weighted) || weighted.length < overrides.length) return [];
    const { namespace, name } = meta;
    const isOwn = parent.startsWith(`${namespace}/`);
    const route = { kind: 'ServiceProfile', namespace, name };
    return [{ parent, route, since: specAt, weighted, callersOf: isOwn ? null : namespace }];
  });
}

/** Where a ServiceProfile has the weights of one, that is what divides. */
function ofTrafficSplits({ splits, profiles }: Routing): Draft[] {
  const byProfile = new Set(
    profiles.flatMap(({ meta, overrides }) => (overrides.length > 0 ? parentOfDestination(meta.name) : [])),
  );
  return splits.flatMap(({ meta: { namespace, name }, service, backends, matches, specAt }) => {
    const parent = serviceId(namespace, service);
    const weighted = backends.map((one) => ({
      service: serviceId(namespace, one.service),
      weight: one.weight,
    }));
    // Of some requests alone, nobody knows which of them were meant.
    if (byProfile.has(parent) || matches.length > 0 || !isSplit(weighted)) return [];
    const route = { kind: 'TrafficSplit', namespace, name };
    return [{ parent, route, since: specAt, weighted, callersOf: null }];
  });
}

function isSplit(weighted: readonly Weighted[]): boolean {
  return weighted.length > 1 && weighted.some(({ weight }) => weight > 0);
}

function createWorkloadsOf(
  { services, pods }: { services: readonly ServiceObject[]; pods: readonly PodObject[] },
  owners: Owners,
): (service: string) => string[] {
  const byId = new Map(
    services.map((service) => [serviceId(service.meta.namespace, service.meta.name), service]),
  );
  const podsOf = Map.groupBy(pods, ({ meta }) => meta.namespace);
  return (id) => {
    const service = byId.get(id);
    if (!service) return [];
    const chosen = (podsOf.get(service.meta.namespace) ?? []).filter((pod) => selectsPod(service, pod));
    return [...new Set(chosen.map((pod) => owners.workloadOf(pod).id))].sort();
  };
}
