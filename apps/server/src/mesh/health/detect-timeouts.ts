// Ports at which the proxy waited in vain for the client to speak first: a protocol in which the server does.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { InventoryWorkload } from '@latchwork/shared/inventory';
import { commandLines, isPlain, isRestartable, resourceName } from '../findings/kubectl.ts';
import { OPAQUE_PORTS, portList } from '../inventory/ports.ts';
import { judged, ok, unknown, type Verdict, warning } from './checks/verdict.ts';
import { DEFAULT_OPAQUE } from './control-plane-config.ts';
import type { HealthView } from './health-view.ts';

interface Port {
  readonly where: string;
  readonly port: string;
  readonly pod: string;
  readonly count: number;
  readonly workload: InventoryWorkload | null;
}

export function detectTimeouts(view: HealthView): Verdict | null {
  return judged(
    view.facts,
    (facts) => {
      if (facts.one('detects') === null)
        return unknown({
          why: 'no proxy counts them: that came with Linkerd 2.18',
          remedy:
            'upgrade, or keep the family inbound_tcp_detect_http_results_total in the scrape configuration',
          right: null,
        });
      const ports = portsOf(view);
      if (ports.length === 0) return ok('no timeouts in the last hour');
      return warning(
        named(ports.map(({ where, port, count }) => `${where} port ${port}: ${counted(count, 'timeout')}`)),
        {
          remedy:
            'Mark the ports as opaque: each connection waits 10 s before its first byte otherwise. The annotation takes the place of the default list, and stands in the template of the pods, which are restarted for it.',
          command: commandLines(
            [...Map.groupBy(ports, ({ where }) => where).values()].flatMap(annotate(view)),
          ),
        },
      );
    },
    () => null,
  );
}

function portsOf({ facts, inventory }: HealthView): Port[] {
  if (facts.state !== 'known') return [];
  const workloads = inventory.state === 'known' ? inventory.value.workloads : [];
  const found = new Map<string, Port>();
  for (const { labels, value } of facts.value.of('detectTimeouts')) {
    const { namespace = '', pod = '', srv_port: port = '?' } = labels;
    const workload =
      workloads.find((one) => one.namespace === namespace && one.pods.some(({ name }) => name === pod)) ??
      null;
    const where = workload ? `${namespace}/${workload.name}` : `${namespace}/${pod}`;
    const known = found.get(`${where} ${port}`);
    const count = Math.max(1, Math.round(value)) + (known?.count ?? 0);
    found.set(`${where} ${port}`, { where, port, pod, count, workload });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** One command for all ports of a workload, beside those that are opaque already; none where a template cannot be changed so. */
function annotate(view: HealthView) {
  return (ports: readonly Port[]): string[] => {
    const { workload, pod } = ports[0] ?? {};
    if (!workload || !isRestartable(workload)) return [];
    const all = [...new Set([...opaqueNow(view, workload.namespace, pod), ...ports.map(({ port }) => port)])];
    if (!all.every(isPlain)) return [];
    const patch = { spec: { template: { metadata: { annotations: { [OPAQUE_PORTS]: all.join(',') } } } } };
    return [
      `kubectl -n ${workload.namespace} patch ${resourceName(workload)} --patch '${JSON.stringify(patch)}'`,
    ];
  };
}

function opaqueNow({ state, config }: HealthView, namespace: string, name: string | undefined): string[] {
  const pods = state.state === 'known' ? state.value.objects.pods : [];
  const pod = pods.find(({ meta }) => meta.namespace === namespace && meta.name === name);
  const byDefault = config.state === 'known' ? config.value.opaquePorts : DEFAULT_OPAQUE;
  return portList(pod?.meta.annotations[OPAQUE_PORTS] ?? byDefault);
}
