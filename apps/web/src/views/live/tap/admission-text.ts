// What let a request in, as people name Linkerd's policy: the object, or the default where there is none. Pure.

import type { Admission, PolicyRef } from '@latchwork/shared/tap/tap';

export interface AdmissionPart {
  label: string;
  /** Stands before the name: the kind of the object, or that it is a default. */
  kind: string;
  name: string;
}

/** As Kubernetes spells them; the proxy says all in lower case. */
const KINDS: Record<string, string> = {
  server: 'Server',
  authorizationpolicy: 'AuthorizationPolicy',
  serverauthorization: 'ServerAuthorization',
  httproute: 'HTTPRoute',
  grpcroute: 'GRPCRoute',
};
/** Policies that a namespace or the whole mesh sets, in words. */
const DEFAULTS: Record<string, string> = {
  'all-unauthenticated': 'everybody may call',
  'all-authenticated': 'everybody in the mesh may call',
  'cluster-unauthenticated': 'everybody in the cluster’s networks may call',
  'cluster-authenticated': 'everybody in the mesh and the cluster’s networks may call',
  audit: 'everybody may call, and what no policy allows is written down',
  deny: 'nobody may call without a policy',
};

/** In the order in which the proxy decides. A route that is only the default says nothing. */
export function admissionParts({ server, route, authorization }: Admission): AdmissionPart[] {
  return [
    authorization && { label: 'Admitted by', ...partOf(authorization) },
    server && isObject(server) ? { label: 'On server', ...partOf(server) } : null,
    route && route.name !== 'default' ? { label: 'On route', ...partOf(route) } : null,
  ].filter((part) => part !== null);
}

/** What a default policy means; null for an object, whose own text says it. */
export function defaultMeaning(policy: PolicyRef): string | null {
  return isObject(policy) ? null : (DEFAULTS[policy.name] ?? null);
}

function partOf(policy: PolicyRef): Omit<AdmissionPart, 'label'> {
  if (policy.name === 'probe') return { kind: 'the exception for', name: 'probes' };
  return {
    kind: isObject(policy) ? (KINDS[policy.kind] ?? policy.kind) : 'default policy',
    name: policy.name,
  };
}

function isObject({ group, kind }: PolicyRef): boolean {
  return group !== '' && kind !== 'default';
}
