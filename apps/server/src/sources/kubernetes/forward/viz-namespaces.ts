// Where Linkerd's viz extension lives: by its label in the whole cluster, or, where that may not be listed, in the namespaces
// that the user may look into.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { readIdentity } from '../api/identity.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { labelsOf, listOf, rawOf } from '../api/raw.ts';
import { forwardRules } from '../rights/access.ts';
import { toGrant } from '../rights/access-grant.ts';
import { keepPod } from '../watch/keep-pod.ts';
import { keepNamespace } from '../watch/keep-workload.ts';

export interface VizNamespace {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const LABEL = 'linkerd.io/extension';
const EXTENSION = `${LABEL}=viz`;
/** Looked into last, and only where nothing tells its name. */
const USUAL = 'linkerd-viz';
const MOST_LIKELY = 20;

/** `likely`: the context's namespace, and those that were named. */
export async function readVizNamespaces(
  client: KubernetesClient,
  likely: readonly string[],
  signal: AbortSignal,
): Promise<readonly VizNamespace[]> {
  const found = await inWholeCluster(client, signal);
  if (found !== null && found.length > 0) return found;
  if (found !== null)
    throw kubernetesError('unreachable', `no namespace has the label ${EXTENSION}: viz is not installed`, {
      remedy:
        'install it (linkerd viz install | kubectl apply -f -), or say where your Prometheus is with --prometheus URL',
    });
  const names = [...new Set([...likely.slice(0, MOST_LIKELY), USUAL])];
  const seen = await Promise.all(names.map((name) => inNamespace(client, name, signal)));
  const known = seen.filter((one) => one !== null);
  if (known.length > 0) return known;
  throw await toRefusal(client, names, signal);
}

/** Null where it may not be listed. Without the right to list namespaces, pods with the label tell as much. */
async function inWholeCluster(client: KubernetesClient, signal: AbortSignal): Promise<VizNamespace[] | null> {
  const selector = `labelSelector=${encodeURIComponent(EXTENSION)}`;
  const namespaces = await unlessRefused(client, `/api/v1/namespaces?${selector}`, signal);
  if (namespaces !== null)
    return listOf(rawOf(namespaces)['items'])
      .map(rawOf)
      .map(keepNamespace)
      .map(({ meta }) => ({ name: meta.name, annotations: meta.annotations }));
  const pods = await unlessRefused(client, `/api/v1/pods?${selector}`, signal);
  if (pods === null) return null;
  const names = new Set(listOf(rawOf(pods)['items']).map((pod) => keepPod(rawOf(pod)).meta.namespace));
  return [...names].map((name) => ({ name, annotations: {} }));
}

/** Null: viz is not there, or it cannot be seen. */
async function inNamespace(
  client: KubernetesClient,
  name: string,
  signal: AbortSignal,
): Promise<VizNamespace | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(name)}`;
  const object = await unlessRefused(client, path, signal);
  if (object !== null && labelsOf(rawOf(rawOf(object)['metadata'])['labels'])[LABEL] === 'viz')
    return { name, annotations: keepNamespace(rawOf(object)).meta.annotations };
  const pods = await unlessRefused(
    client,
    `${path}/pods?limit=1&labelSelector=${encodeURIComponent(EXTENSION)}`,
    signal,
  );
  return listOf(rawOf(pods)['items']).length > 0 ? { name, annotations: {} } : null;
}

/** Null as well for what is not there. */
async function unlessRefused(client: KubernetesClient, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await client.json(path, { signal });
  } catch (error) {
    if (error instanceof SourceError && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}

async function toRefusal(
  client: KubernetesClient,
  names: readonly string[],
  signal: AbortSignal,
): Promise<SourceError> {
  const identity = await readIdentity(client, signal);
  const rule = { group: '', namespace: USUAL, name: null };
  const reading = [
    { ...rule, verb: 'get', resource: 'namespaces' },
    { ...rule, verb: 'list', resource: 'pods' },
  ];
  return new SourceError({
    source: 'kubernetes',
    kind: 'refused',
    message: `the Prometheus of viz cannot be found: ${identity?.user ?? 'the identity in use'} may not list the whole cluster, and viz is not seen in ${names.join(', ')}`,
    remedy:
      'give --prometheus URL, or --namespace with the one that viz is in; or let someone who may grant rights apply the manifest (it says linkerd-viz: correct that where viz is elsewhere)',
    manifest: toGrant([...reading, ...forwardRules(USUAL)], identity),
    status: 403,
  });
}
