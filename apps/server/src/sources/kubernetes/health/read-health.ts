// Reads the objects of a look at health: each by itself, so that one that may not be read leaves the others.

import type { SourceError } from '../../source-error.ts';
import { known, type Told } from '../../told.ts';
import type { KubernetesClient } from '../api/client.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { readPages } from '../api/pages.ts';
import { type Raw, rawOf, textOr } from '../api/raw.ts';
import { type Place, pathOf, readObject, toAsk, toRule } from '../asked/read-told.ts';
import { keepMeta } from '../watch/keep-meta.ts';
import type { HealthObjects, HealthPlaces } from './health-objects.ts';
import {
  keepApiService,
  keepDeployment,
  keepLink,
  keepNode,
  keepReplicaSet,
  keepScheduled,
  keepWebhooks,
} from './keep-health.ts';
import { readKinds } from './read-kinds.ts';
import { toTold } from './told-error.ts';

const RBAC = { group: 'rbac.authorization.k8s.io', version: 'v1' };
const WEBHOOKS = { group: 'admissionregistration.k8s.io', version: 'v1' };
const CORE = { group: '', version: 'v1' };
const APPS = { group: 'apps', version: 'v1' };
const LINKS = { group: 'multicluster.linkerd.io', resource: 'links' };
const LINK_VERSIONS = ['v1alpha3', 'v1alpha2', 'v1alpha1'];
const PAGE_SIZE = 500;
/** Of one list. */
const MOST = 20_000;

export async function readHealth(
  client: KubernetesClient,
  { controlPlane, viz, cni }: HealthPlaces,
  signal?: AbortSignal,
): Promise<HealthObjects> {
  const get = <T>(place: Place, keep: (object: Raw) => T) => readObject(client, place, keep, signal);
  const list = <T>(place: Place, keep: (object: Raw) => T) => readItems(client, place, keep, signal);
  const inHome = { namespace: controlPlane };
  const configMap = (namespace: string, name: string, key: string) =>
    get({ ...CORE, resource: 'configmaps', namespace, name }, (object) =>
      textOr(rawOf(object['data'])[key], ''),
    );
  const configMapIn = (namespace: string | null, name: string): Promise<Told<true>> =>
    namespace === null
      ? Promise.resolve({ state: 'absent' })
      : get({ ...CORE, resource: 'configmaps', namespace, name }, () => true as const);
  const names = async (place: Place) => setOf(await list(place, (object) => keepMeta(object).name));
  const webhooks = async (resource: string) => flat(await list({ ...WEBHOOKS, resource }, keepWebhooks));

  const kinds = readKinds(client, signal);

  return settledAll({
    version: readVersion(client, signal),
    kinds,
    config: configMap(controlPlane, 'linkerd-config', 'values'),
    trustRoots: configMap(controlPlane, 'linkerd-identity-trust-roots', 'ca-bundle.crt'),
    mutatingWebhooks: webhooks('mutatingwebhookconfigurations'),
    validatingWebhooks: webhooks('validatingwebhookconfigurations'),
    tapService: get(
      {
        ...{ group: 'apiregistration.k8s.io', version: 'v1', resource: 'apiservices' },
        name: 'v1alpha1.tap.linkerd.io',
      },
      keepApiService,
    ),
    clusterRoles: names({ ...RBAC, resource: 'clusterroles' }),
    clusterRoleBindings: names({ ...RBAC, resource: 'clusterrolebindings' }),
    serviceAccounts: names({ ...CORE, resource: 'serviceaccounts', ...inHome }),
    nodes: list({ ...CORE, resource: 'nodes' }, keepNode),
    replicaSets: list({ ...APPS, resource: 'replicasets', ...inHome }, keepReplicaSet),
    deployments: list({ ...APPS, resource: 'deployments', ...inHome }, keepDeployment),
    scheduled: list({ ...CORE, resource: 'pods', ...inHome }, keepScheduled),
    links: readLinks(kinds, list),
    vizPrometheus: configMapIn(viz, 'prometheus-config'),
    cniConfig: configMapIn(cni, 'linkerd-cni-config'),
    cniAccounts: cni === null ? absent() : names({ ...CORE, resource: 'serviceaccounts', namespace: cni }),
  });
}

type Promised<T> = { readonly [K in keyof T]: Promise<T[K]> };

async function settledAll(reads: Promised<HealthObjects>): Promise<HealthObjects> {
  const entries = Object.entries(reads).map(async ([name, read]) => [name, await read] as const);
  // Of the same keys as the table of promises.
  return Object.fromEntries(await Promise.all(entries)) as unknown as HealthObjects;
}

async function absent(): Promise<Told<never>> {
  return { state: 'absent' };
}

async function readVersion(client: KubernetesClient, signal?: AbortSignal): Promise<Told<string>> {
  try {
    const answer = rawOf(await client.json('/version', toAsk(signal)));
    return known(textOr(answer['gitVersion'], ''));
  } catch (error) {
    return toTold(error, null);
  }
}

async function readLinks(
  served: Promise<HealthObjects['kinds']>,
  list: <T>(place: Place, keep: (object: Raw) => T) => Promise<Told<T[]>>,
) {
  // Whoever may not list a kind is refused it even where there is none.
  const kinds = await served;
  if (kinds.state === 'known' && !kinds.value.has(`${LINKS.resource}.${LINKS.group}`))
    return { state: 'absent' } as const;
  for (const version of LINK_VERSIONS) {
    const told = await list({ ...LINKS, version }, keepLink);
    if (told.state !== 'absent') return told;
  }
  return { state: 'absent' } as const;
}

async function readItems<T>(
  client: KubernetesClient,
  place: Place,
  keep: (object: Raw) => T,
  signal?: AbortSignal,
): Promise<Told<T[]>> {
  try {
    let items: T[] = [];
    await readPages(client, pathOf(place), {
      pageSize: PAGE_SIZE,
      ...toAsk(signal),
      onItem(item) {
        if (items.length === MOST) throw tooMany(place);
        items.push(keep(rawOf(item)));
      },
      onRestart() {
        items = [];
      },
    });
    return known(items);
  } catch (error) {
    return toTold(error, toRule('list', place));
  }
}

function tooMany({ resource }: Place): SourceError {
  return kubernetesError('too-much', `there are more than ${MOST} ${resource}, which are not all read`, {
    remedy: 'the other checks work without them',
  });
}

function setOf(told: Told<readonly string[]>): Told<ReadonlySet<string>> {
  return told.state === 'known' ? known(new Set(told.value)) : told;
}

function flat<T>(told: Told<readonly T[][]>): Told<readonly T[]> {
  return told.state === 'known' ? known(told.value.flat()) : told;
}
