// The causes that empty the numbers of one workload: it does not run, has no proxy, or is not scraped.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { age } from '@latchwork/figures/span';
import type { InventoryPod, InventoryWorkload } from '@latchwork/shared/inventory';
import { parseNodeId } from '@latchwork/shared/node-id';
import { KIND_NAMES } from '../../../sources/kubernetes/watch/kinds.ts';
import { isThere } from '../../inventory/pod-status.ts';
import type { HealthView } from '../health-view.ts';
import { blocked } from '../scrape-way.ts';
import { EVERYWHERE, watched } from '../watched.ts';
import { type Diagnosis, type DoctorRule, diagnosed, fine, unclear, wrong } from './diagnosis.ts';
import { hasNumbers } from './doctor-store.ts';
import { TRAFFIC_STEPS } from './doctor-traffic.ts';

/** Asks about a workload that Kubernetes knows; without Kubernetes it cannot be told. */
function ofWorkload(
  ask: (workload: InventoryWorkload, view: HealthView) => Diagnosis | null,
): DoctorRule['ask'] {
  return (view, id) =>
    diagnosed(view.inventory, ({ workloads }) => {
      const workload = workloads.find((one) => one.id === id);
      const place = parseNodeId(id ?? '');
      const pods = watched(view, 'pods', place?.type === 'workload' ? [place.namespace] : EVERYWHERE);
      if (pods.state === 'untold') return unclear(pods);
      return workload ? ask(workload, view) : missing(view, id ?? '');
    });
}

function missing(view: HealthView, id: string): Diagnosis {
  // Metrics may know what Kubernetes does not any more.
  if (hasNumbers(view, id)) return fine('its series say so; Kubernetes does not know it (any more)');
  const place = parseNodeId(id);
  if (place?.type !== 'workload') return fine('it is no workload');
  const { namespace, kind, name } = place;
  const own = KIND_NAMES.find((one) => one === `${kind}s`);
  const seen = own && watched(view, own, [namespace]);
  if (seen?.state === 'untold') return unclear(seen);
  return wrong({
    code: 'not-there',
    title: 'There is no such workload',
    words: 'not there',
    evidence: `Kubernetes knows no ${kind} ${name} in namespace ${namespace}`,
    remedy: 'See how it is spelt, and which cluster is looked at.',
    command: `kubectl -n ${namespace} get ${kind}`,
  });
}

function proxiesOf({ pods }: InventoryWorkload): InventoryPod[] {
  return pods.filter((pod) => pod.meshed && isThere(pod));
}

export const WORKLOAD_STEPS: readonly DoctorRule[] = [
  { id: 'runs', title: 'It runs', ask: ofWorkload(askPods) },
  { id: 'proxy', title: 'It has a proxy', ask: ofWorkload(askProxy) },
  {
    id: 'allowed',
    title: 'Nothing keeps Prometheus from its proxy',
    ask: ofWorkload((workload, view) =>
      diagnosed(view.facts, (facts) => {
        const names = new Set(proxiesOf(workload).map(({ name }) => name));
        const down = facts
          .of('down')
          .filter(
            ({ labels }) => labels['namespace'] === workload.namespace && names.has(labels['pod'] ?? ''),
          );
        return down.length === 0 || down.length < names.size ? fine() : blocked(workload, view);
      }),
    ),
  },
  { id: 'scraped', title: 'Its proxy is scraped', ask: ofWorkload(askScraped) },
  ...TRAFFIC_STEPS,
];

function askPods(
  { namespace, kind, name, pods, replicas }: InventoryWorkload,
  { nowMs }: HealthView,
): Diagnosis {
  const there = pods.filter(isThere);
  const ready = there.filter((pod) => pod.ready);
  if (ready.length > 0) {
    const oldest = Math.min(...ready.map(({ createdAt }) => Date.parse(createdAt)));
    return fine(`${counted(ready.length, 'pod')} ready, the oldest for ${age(nowMs - oldest)}`);
  }
  const look = `kubectl -n ${namespace} get pods; kubectl -n ${namespace} describe ${kind}/${name}`;
  if (there.length > 0)
    return wrong({
      code: 'not-ready',
      title: 'None of its pods is ready',
      words: 'not ready',
      evidence: named(there.map((pod) => `${pod.name}: ${pod.status}`)),
      remedy: 'See why: the events of its pods, then their logs.',
      command: look,
    });
  const isScaledDown = replicas === 0;
  return wrong({
    code: 'no-pods',
    title: 'It has no pods',
    words: 'no pods',
    evidence: isScaledDown ? 'it is scaled to 0' : 'none is pending or running',
    remedy: isScaledDown ? 'Scale it up if it should run.' : 'See why none is made: its events say so.',
    command: isScaledDown ? `kubectl -n ${namespace} scale ${kind}/${name} --replicas=1` : look,
  });
}

function askProxy(workload: InventoryWorkload): Diagnosis {
  const there = workload.pods.filter(isThere);
  const meshed = proxiesOf(workload);
  if (meshed.length > 0) return fine(`${meshed.length} of ${counted(there.length, 'pod')}`);
  const why = there[0]?.unmeshed;
  return wrong({
    code: `no-proxy:${why?.code ?? 'unknown'}`,
    title: 'It has no proxy',
    words: 'no proxy',
    evidence: `${why?.what ?? 'None of its pods is meshed.'} Without a proxy there are no numbers, and its calls count as “unmeshed” where they arrive.`,
    remedy: why?.remedy ?? 'Bring it into the mesh.',
    command: why?.command ?? null,
  });
}

function askScraped(workload: InventoryWorkload, view: HealthView): Diagnosis | null {
  return diagnosed(view.proxies, (seen) => {
    const meshed = proxiesOf(workload);
    const known = new Set(seen.map(({ namespace, pod }) => `${namespace}/${pod}`));
    const scraped = meshed.filter(({ name }) => known.has(`${workload.namespace}/${name}`));
    if (scraped.length > 0) return fine(`${scraped.length} of ${counted(meshed.length, 'pod')}`);
    return wrong({
      code: 'not-scraped',
      title: 'Its proxy is not scraped',
      words: 'not scraped',
      evidence: `Prometheus knows none of ${named(meshed.map(({ name }) => name))}, as if they were not there`,
      remedy: `See whether the scrape configuration leaves out namespace ${workload.namespace} or these pods, and whether --matcher does. A pod that has just started is found at the next discovery.`,
      command: `kubectl get podmonitors -A; kubectl -n ${view.viz ?? 'linkerd-viz'} get configmap prometheus-config -o yaml`,
    });
  });
}
