// Ports at which the proxy waited in vain for the client to speak first: a protocol in which the server does.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { InventoryWorkload } from '@latchwork/shared/inventory';
import type { HealthView } from './health-view.ts';
import { judged, ok, unknown, type Verdict, warning } from './verdict.ts';

interface Port {
  readonly where: string;
  readonly port: string;
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
      const [first] = ports;
      if (!first) return ok('no timeouts in the last hour');
      return warning(
        named(ports.map(({ where, port, count }) => `${where} port ${port}: ${counted(count, 'timeout')}`)),
        {
          remedy: 'Mark the ports as opaque: each connection waits 10 s before its first byte otherwise.',
          command: ports
            .slice(0, 10)
            .map(({ where, port, workload }) => annotate(where, port, workload))
            .join('\n'),
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
    found.set(`${where} ${port}`, { where, port, count, workload });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function annotate(where: string, port: string, workload: InventoryWorkload | null): string {
  if (workload === null) return `# ${where}: config.linkerd.io/opaque-ports: "${port}"`;
  const { namespace, kind, name } = workload;
  const patch = {
    spec: { template: { metadata: { annotations: { 'config.linkerd.io/opaque-ports': port } } } },
  };
  return `kubectl -n ${namespace} patch ${kind}/${name} --patch '${JSON.stringify(patch)}'`;
}
