// Health checks of the kubelet under a route of the user's own: the one kind of plain text that no label tells from a caller.

import type { AuthorizationObject, PodObject, RouteObject } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { portNames } from '../inventory/ports.ts';
import { serverSelects } from '../inventory/selector.ts';

/** Labels of an inbound series: `route_name`, `srv_name`, `authz_name`, `target_port`, and where it was counted. */
export interface ProbeQuestion {
  readonly namespace: string;
  readonly server: string;
  readonly route: string;
  readonly authorization: string;
  readonly port: number;
}

/** Made once for a state, asked for every series. */
export function createProbeRoutes(state: KubernetesState): (question: ProbeQuestion) => boolean {
  const { objects } = state;
  const routes = [...objects.policyRoutes, ...objects.gatewayRoutes];
  const answers = new Map<string, boolean>();

  function decide({ namespace, server, route, authorization, port }: ProbeQuestion): boolean {
    const candidates = routes.filter(
      (one) => one.meta.namespace === namespace && one.meta.name === route && hasParent(one, server),
    );
    if (candidates.length === 0) return false;
    const policy = objects.authorizations.find(
      ({ meta }) => meta.namespace === namespace && meta.name === authorization,
    );
    if (!policy || !asksForNetworksAlone(policy)) return false;
    const servers = objects.servers.filter(
      ({ meta }) => meta.namespace === namespace && meta.name === server,
    );
    const pods = objects.pods.filter((pod) => servers.some((one) => serverSelects(one, pod)));
    const paths = new Set(pods.flatMap((pod) => probePaths(pod, port)));
    return candidates.every((one) => matchesOnlyProbes(one, paths));
  }

  return (question) => {
    const key = JSON.stringify(question);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = decide(question);
    answers.set(key, answer);
    return answer;
  };
}

/** Names of the routes that serve probes alone, somewhere: the few whose series are worth telling apart. */
export function probeRouteNames(
  { objects }: KubernetesState,
  isProbe: (question: ProbeQuestion) => boolean,
): string[] {
  const names = new Set<string>();
  for (const { meta, parents } of [...objects.policyRoutes, ...objects.gatewayRoutes])
    for (const { kind, name: server } of parents) {
      if (kind !== 'Server') continue;
      const { namespace, name: route } = meta;
      const authorizations = objects.authorizations.filter((one) => one.meta.namespace === namespace);
      const ports = objects.pods
        .filter((pod) => pod.meta.namespace === namespace)
        .flatMap((pod) => [...portNames(pod).values()]);
      const fits = authorizations.some(({ meta: { name: authorization } }) =>
        [...new Set(ports)].some((port) => isProbe({ namespace, server, route, authorization, port })),
      );
      if (fits) names.add(route);
    }
  return [...names].sort();
}

function hasParent({ parents, meta }: RouteObject, server: string): boolean {
  return parents.some(
    ({ kind, name, namespace }) =>
      kind === 'Server' && name === server && (namespace ?? meta.namespace) === meta.namespace,
  );
}

/** With an identity asked for, no kubelet would get in. */
function asksForNetworksAlone({ required }: AuthorizationObject): boolean {
  return required.length > 0 && required.every(({ kind }) => kind === 'NetworkAuthentication');
}

function probePaths(pod: PodObject, port: number): string[] {
  const names = portNames(pod);
  return pod.containers
    .flatMap(({ httpProbes }) => httpProbes)
    .filter((probe) => (typeof probe.port === 'number' ? probe.port : names.get(probe.port)) === port)
    .map(({ path }) => path.split('?')[0] ?? path);
}

/** A rule without matches takes everything, and so does a match without a path. */
function matchesOnlyProbes({ rules }: RouteObject, paths: ReadonlySet<string>): boolean {
  return (
    rules.length > 0 &&
    rules.every(
      ({ matches }) =>
        matches.length > 0 &&
        matches.every(({ method, path }) => method === 'GET' && path !== null && paths.has(path.value)),
    )
  );
}
