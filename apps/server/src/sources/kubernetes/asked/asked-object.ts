// One object of policy as somebody would write it: YAML without what the API server notes for itself, and without annotations,
// which tools fill with whatever they like.

import type { AskedKind, ObjectRef } from '@latchwork/shared/asked/asked-objects';
import { stringify } from 'yaml';
import type { Told } from '../../told.ts';
import type { KubernetesClient } from '../api/client.ts';
import { listOf, type Raw, rawOf, textOr } from '../api/raw.ts';
import type { AccessRule } from '../rights/missing-rule.ts';
import { readObject } from './read-told.ts';

export interface AskedObject {
  readonly text: string;
  /** What it names. */
  readonly names: readonly ObjectRef[];
}

interface Served {
  readonly group: string;
  readonly versions: readonly string[];
  readonly resource: string;
}

const POLICY = 'policy.linkerd.io';
const GATEWAY = 'gateway.networking.k8s.io';
const BETA = ['v1beta3', 'v1beta2', 'v1beta1'];

const SERVED: Readonly<Record<AskedKind, Served>> = {
  server: { group: POLICY, versions: BETA, resource: 'servers' },
  httproute: { group: POLICY, versions: [...BETA, 'v1alpha1'], resource: 'httproutes' },
  grpcroute: { group: GATEWAY, versions: ['v1', 'v1alpha2'], resource: 'grpcroutes' },
  authorizationpolicy: { group: POLICY, versions: ['v1alpha1'], resource: 'authorizationpolicies' },
  serverauthorization: { group: POLICY, versions: ['v1beta1'], resource: 'serverauthorizations' },
  meshtlsauthentication: { group: POLICY, versions: ['v1alpha1'], resource: 'meshtlsauthentications' },
  networkauthentication: { group: POLICY, versions: ['v1alpha1'], resource: 'networkauthentications' },
  httplocalratelimitpolicy: {
    group: POLICY,
    versions: ['v1alpha1'],
    resource: 'httplocalratelimitpolicies',
  },
  egressnetwork: { group: POLICY, versions: ['v1alpha1'], resource: 'egressnetworks' },
};
const GATEWAY_ROUTES: Served = { group: GATEWAY, versions: ['v1', 'v1beta1'], resource: 'httproutes' };

export function objectRule(params: ObjectRef): AccessRule {
  const { group, resource } = servedAs(params);
  return { verb: 'get', group, resource, namespace: params.namespace, name: null };
}

export async function readAskedObject(
  client: KubernetesClient,
  params: ObjectRef,
  signal?: AbortSignal,
): Promise<Told<AskedObject>> {
  const { group, versions, resource } = servedAs(params);
  const { namespace, name } = params;
  let told: Told<AskedObject> = { state: 'absent' };
  for (const version of versions) {
    told = await readObject(client, { group, version, resource, namespace, name }, keepAsked, signal);
    if (told.state !== 'absent') return told;
  }
  return told;
}

/** Limits are not watched: listed beside the Server that they are about. */
export async function readLimitsOf(
  client: KubernetesClient,
  { kind, namespace, name }: ObjectRef,
  signal?: AbortSignal,
): Promise<ObjectRef[]> {
  if (kind !== 'server') return [];
  const [version = ''] = SERVED.httplocalratelimitpolicy.versions;
  const place = { ...SERVED.httplocalratelimitpolicy, version, namespace };
  const told = await readObject(client, place, (list) => listOf(list['items']).map(rawOf), signal);
  if (told.state !== 'known') return [];
  return told.value
    .filter((limit) => rawOf(rawOf(limit['spec'])['targetRef'])['name'] === name)
    .map((limit) => ({
      kind: 'httplocalratelimitpolicy',
      namespace,
      name: textOr(rawOf(limit['metadata'])['name'], ''),
    }));
}

function servedAs({ kind, group }: ObjectRef): Served {
  return kind === 'httproute' && group === GATEWAY ? GATEWAY_ROUTES : SERVED[kind];
}

function keepAsked(object: Raw): AskedObject {
  const { namespace, name, labels, creationTimestamp } = rawOf(object['metadata']);
  const { apiVersion, kind, spec } = object;
  const metadata = { name, namespace, creationTimestamp, ...(labels === undefined ? {} : { labels }) };
  return {
    text: stringify({ apiVersion, kind, metadata, spec }, { lineWidth: 0 }),
    names: namedIn(rawOf(spec), textOr(namespace, '')),
  };
}

/** Its target, and the authentications that it wants. */
function namedIn(spec: Raw, own: string): ObjectRef[] {
  const references = [
    ...listOf(spec['requiredAuthenticationRefs']),
    ...(spec['targetRef'] === undefined ? [] : [spec['targetRef']]),
  ];
  return references.map(rawOf).flatMap((reference) => {
    const kind = textOr(reference['kind'], '').toLowerCase();
    const name = textOr(reference['name'], '');
    if (!isAskedKind(kind) || name === '') return [];
    const namespace = textOr(reference['namespace'], own);
    const group = reference['group'] === GATEWAY ? ({ group: GATEWAY } as const) : {};
    return [{ kind, ...group, namespace, name }];
  });
}

function isAskedKind(kind: string): kind is AskedKind {
  return Object.hasOwn(SERVED, kind);
}
