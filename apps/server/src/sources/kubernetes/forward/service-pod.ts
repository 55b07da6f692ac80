// A pod behind a Service, and the port of it that the Service means: what a port-forward needs, which knows no Services.

import type { KubernetesClient } from '../api/client.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { labelsOf, listOf, rawOf } from '../api/raw.ts';
import { keepPod } from '../watch/keep-pod.ts';
import { keepService } from '../watch/keep-workload.ts';
import type { PodObject, ServiceObject } from '../watch/objects.ts';
import type { ServicePort } from './external-prometheus.ts';
import type { PodPort } from './port-forward.ts';

/** Throws what is missing, and where it was looked for. */
export async function findServicePod(
  client: KubernetesClient,
  { namespace, service, pod: podName, port }: ServicePort,
  signal: AbortSignal,
): Promise<PodPort> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`;
  const read = async (list: string) =>
    listOf(rawOf(await client.json(`${path}/${list}`, { signal }))['items']).map(rawOf);
  const named = encodeURIComponent(`metadata.name=${service}`);
  const found = (await read(`services?fieldSelector=${named}`))
    .map(keepService)
    .find(({ meta }) => meta.name === service);
  if (found === undefined)
    throw kubernetesError('unreachable', `there is no Service ${service} in namespace ${namespace}`, {
      remedy: 'say where Prometheus is with --prometheus URL',
    });
  const { selector } = found;
  if (selector === null)
    throw kubernetesError('unreachable', `the Service ${service} in namespace ${namespace} selects no pods`, {
      remedy: 'say where Prometheus is with --prometheus URL, as it is reached from here',
    });
  const wanted = Object.entries(selector).map(([name, value]) => `${name}=${value}`);
  const pods = (await read(`pods?labelSelector=${encodeURIComponent(wanted.join(','))}`))
    .filter((object) => isSelected(object, selector))
    .map(keepPod)
    .filter(({ meta }) => podName === null || meta.name === podName);
  const [ready] = pods
    .filter((pod) => pod.ready && pod.phase === 'Running' && !pod.meta.deleting)
    .sort((a, b) => (a.meta.createdAt < b.meta.createdAt ? 1 : -1));
  if (ready === undefined)
    throw kubernetesError(
      'unreachable',
      `no pod of the Service ${service} in namespace ${namespace} is ready`,
      {
        remedy: `look at it with kubectl -n ${namespace} get pods -l ${wanted.join(',')}; it is looked for again`,
      },
    );
  return { namespace, pod: ready.meta.name, port: targetPort(found, ready, port) };
}

function isSelected(object: ReturnType<typeof rawOf>, selector: Readonly<Record<string, string>>): boolean {
  const labels = labelsOf(rawOf(object['metadata'])['labels']);
  return Object.entries(selector).every(([name, value]) => labels[name] === value);
}

/** The port of the Service may have another number, or a name, in the pod. */
function targetPort({ ports }: ServiceObject, { containers }: PodObject, port: number): number {
  const target = ports.find((one) => one.port === port)?.targetPort ?? port;
  if (typeof target === 'number') return target === 0 ? port : target;
  const named = containers.flatMap((container) => container.ports).find(({ name }) => name === target);
  return named?.port ?? port;
}
