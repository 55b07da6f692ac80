// A mesh from a few rows, for tests of what is made of them: every part is answered unless it is left out by name.

import type { Edge } from '@latchwork/shared/edge';
import type { MeshAnswers } from '../../src/mesh/answers.ts';
import { toGraph } from '../../src/mesh/graph.ts';
import { type Mesh, type MeshFacts, toMesh } from '../../src/mesh/mesh.ts';
import type { MeshScope } from '../../src/mesh/scope.ts';
import type { Labels } from '../../src/sources/prometheus/sample.ts';
import { sample } from './fake-store.ts';

const NOTHING: MeshAnswers = {
  open: [],
  outbound: [],
  inbound: [],
  connections: [],
  unreached: [],
  refused: [],
  admitted: [],
  inboundLatency: [],
  noiseLatency: [],
  outboundLatency: [],
  volume: [],
};

export const WHOLE: MeshScope = { namespaces: [], noise: 'hide' };

export function meshOf(
  answers: { readonly [P in keyof MeshAnswers]: MeshAnswers[P] | undefined },
  more: Partial<MeshFacts> = {},
): Mesh {
  return toMesh({
    atSeconds: 1_795_448_830,
    windowSeconds: 60,
    windowAskedSeconds: 60,
    scrapeIntervalSeconds: 10,
    lagSeconds: 0,
    answers: { ...NOTHING, ...answers } as MeshAnswers,
    parts: {},
    diagnoses: [],
    history: () => ({ start: '', stepSeconds: 10, workloads: {} }),
    ...more,
  });
}

export function edgesOf(answers: Parameters<typeof meshOf>[0], scope: MeshScope = WHOLE): Edge[] {
  return toGraph(meshOf(answers), scope).edges;
}

export function accountId(account: string, namespace: string): string {
  return `${account}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
}

/** `shop/web`, a Deployment of the namespace shop. */
export function from(workload: string): Labels {
  const [namespace = '', deployment = ''] = workload.split('/');
  return { namespace, deployment };
}

export function to(workload: string): Labels {
  const [namespace = '', deployment = ''] = workload.split('/');
  return {
    dst_namespace: namespace,
    dst_deployment: deployment,
    dst_service: deployment,
    dst_control_plane_ns: 'linkerd',
    target_port: '8080',
  };
}

export function secured(workload: string): Labels {
  const [namespace = '', account = ''] = workload.split('/');
  return { tls: 'true', server_id: accountId(account, namespace) };
}

export const PLAIN_OUT: Labels = { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' };
export const PLAIN_IN: Labels = { tls: 'no_identity', no_tls_reason: 'no_tls_from_remote' };
export const GOOD: Labels = { classification: 'success', status_code: '200' };
export const BAD: Labels = { classification: 'failure', status_code: '500' };

/** Requests of `caller` to `callee`, as the caller counts them. */
export function calls(caller: string, callee: string, rps: number, labels: Labels = {}) {
  return sample({ ...from(caller), ...to(callee), ...secured(callee), ...GOOD, ...labels }, rps);
}

/** Requests at `workload` from the account `client`, as the callee counts them. */
export function received(workload: string, client: string, rps: number, labels: Labels = {}) {
  const [namespace = '', account = ''] = client.split('/');
  const identity = client ? { tls: 'true', client_id: accountId(account, namespace) } : PLAIN_IN;
  return sample(
    { ...from(workload), ...identity, target_port: '8080', route_name: 'default', ...GOOD, ...labels },
    rps,
  );
}
