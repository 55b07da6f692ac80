// The way to the Prometheus that viz uses: straight to the address it is told, or a port on loopback that leads to a pod or
// a Service through the API server. Says what is wrong with the way, so that Prometheus is not blamed for it.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { type Access, forwardRules, proxyRules, readAccess } from '../rights/access.ts';
import type { ExternalPrometheus, Login } from './external-prometheus.ts';
import { createPortForward, type PodPort } from './port-forward.ts';
import { findServicePod } from './service-pod.ts';
import { createServiceProxy } from './service-proxy.ts';
import { EXTERNAL, findVizPrometheus, type VizPrometheus } from './viz-prometheus.ts';

export interface OpenedPrometheus {
  readonly url: string;
  /** For people: what is behind a port on loopback, or who named the address. */
  readonly behind: string | null;
  readonly login: Login | null;
  /** The name in its certificate where the URL has another one. */
  readonly tlsServerName: string | null;
  /** What is wrong with the way there; null when it is open. Takes a few seconds at most. */
  examine(): Promise<SourceError | null>;
  close(): Promise<void>;
}

export interface OpenPrometheusOptions {
  readonly client: KubernetesClient;
  /** In the cluster its names are known: everything is asked straight. */
  readonly isInside: boolean;
  /** In which there may be rights that there are not in the whole cluster. */
  readonly namespaces?: readonly string[];
}

/** An API server that is silent must not keep the page from being served. */
const FIND_WITHIN_MS = 3_000;
const EXAMINE_WITHIN_MS = 3_000;

/** Waits for the cluster a short while at most: a pod that is not there yet is looked for with every connection. */
export async function openPrometheus(
  { client, isInside, namespaces = [] }: OpenPrometheusOptions,
  signal: AbortSignal,
): Promise<OpenedPrometheus> {
  const late = AbortSignal.timeout(FIND_WITHIN_MS);
  const soon = AbortSignal.any([signal, late]);
  const found = await findVizPrometheus(client, soon, namespaces).catch((error: unknown) => {
    if (error instanceof SourceError || (late.aborted && !signal.aborted)) return null;
    throw error;
  });
  const external = found?.kind === 'external' ? found.external : null;
  if (external && (isInside || external.service === null)) return straight(external);
  if (external?.service) {
    const { service, isTls } = external;
    const rights = await mayForward(client, service.namespace, soon);
    if (rights === 'proxy') {
      const relay = await createServiceProxy({ client, service, isTls, refusal: toEnvelope });
      return through(client, external, relay.port, null, relay.close);
    }
  }
  const forward = await createPortForward({
    client,
    find: (within) => findPod(client, within, namespaces),
    refusal: toHttpAnswer,
    explain: (error, namespace) => explain(client, error, namespace),
  });
  return through(client, external, forward.port, forward, forward.close);
}

function straight({ url, login }: ExternalPrometheus): OpenedPrometheus {
  return {
    url,
    behind: `${url} (of the annotation ${EXTERNAL})`,
    login,
    tlsServerName: null,
    examine: async () => null,
    close: async () => undefined,
  };
}

function through(
  client: KubernetesClient,
  external: ExternalPrometheus | null,
  port: number,
  forward: { examine(withinMs: number): Promise<Error | null> } | null,
  close: () => Promise<void>,
): OpenedPrometheus {
  const isTls = forward !== null && external?.isTls === true;
  return {
    url: `${isTls ? 'https' : 'http'}://127.0.0.1:${port}${external?.path ?? ''}`,
    behind: `${external ? external.url : 'Prometheus of linkerd-viz'}, through ${client.server}`,
    login: external?.login ?? null,
    tlsServerName: isTls ? (external?.host ?? null) : null,
    async examine() {
      const trouble = (await askServer(client)) ?? (await forward?.examine(EXAMINE_WITHIN_MS)) ?? null;
      return trouble instanceof SourceError ? trouble : null;
    },
    close,
  };
}

/** Any answer will do. */
async function askServer(client: KubernetesClient): Promise<Error | null> {
  try {
    await client.json('/version', { timeoutMs: EXAMINE_WITHIN_MS });
    return null;
  } catch (error) {
    return error instanceof SourceError &&
      (error.status === undefined || error.status >= 500 || error.status === 401)
      ? error
      : null;
  }
}

async function findPod(
  client: KubernetesClient,
  signal: AbortSignal,
  namespaces: readonly string[],
): Promise<PodPort> {
  const found: VizPrometheus = await findVizPrometheus(client, signal, namespaces);
  if (found.kind === 'pod') return found;
  const { service, url } = found.external;
  if (service === null)
    throw kubernetesError('unreachable', `viz is told to use the Prometheus at ${url}`, {
      remedy: `start again, or with --prometheus ${url}`,
    });
  try {
    return await findServicePod(client, service, signal);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    throw kubernetesError(error.kind, `viz is told to use the Prometheus at ${url}, but ${error.message}`, {
      remedy: `correct the annotation ${EXTERNAL} of the namespace ${found.annotated}, or ${error.remedy}`,
      cause: error,
      ...(error.status === undefined ? {} : { status: error.status }),
    });
  }
}

/** Who may do neither is told what forwarding needs, with every connection anew. */
async function mayForward(
  client: KubernetesClient,
  namespace: string,
  signal: AbortSignal,
): Promise<'forward' | 'proxy'> {
  try {
    if ((await readAccess(client, forwardRules(namespace), signal)).allowed) return 'forward';
    return (await readAccess(client, proxyRules(namespace), signal)).allowed ? 'proxy' : 'forward';
  } catch {
    return 'forward';
  }
}

/** A refused forward comes with the manifest that would allow it. */
async function explain(client: KubernetesClient, error: Error, namespace: string): Promise<Error> {
  if (!(error instanceof SourceError) || error.status !== 403) return error;
  const access: Access | null = await readAccess(
    client,
    forwardRules(namespace),
    AbortSignal.timeout(EXAMINE_WITHIN_MS),
  ).catch(() => null);
  if (access === null || access.allowed || access.manifest === null) return error;
  return new SourceError({
    source: 'kubernetes',
    kind: 'refused',
    message: `the way to Prometheus is a port-forward, and ${access.message}`,
    remedy:
      'let someone who may grant rights apply the manifest, or give --prometheus URL; it is tried again by itself',
    manifest: access.manifest,
    status: 403,
    cause: error,
  });
}

/** The envelope of Prometheus' own errors, so that whoever asks it understands why nothing came through. */
function toEnvelope(error: Error): string {
  const remedy = error instanceof SourceError && error.remedy ? `; ${error.remedy}` : '';
  return JSON.stringify({ status: 'error', errorType: 'unavailable', error: `${error.message}${remedy}` });
}

function toHttpAnswer(error: Error): string {
  const body = toEnvelope(error);
  return [
    'HTTP/1.1 503 Service Unavailable',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
