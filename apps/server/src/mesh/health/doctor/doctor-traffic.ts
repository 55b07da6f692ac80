// The causes that are none: nobody calls the workload, or what comes is not HTTP.

import { counted } from '@latchwork/figures/count';
import { span } from '@latchwork/figures/span';
import type { HealthView } from '../health-view.ts';
import { type Diagnosis, type DoctorRule, diagnosed, fine, wrong } from './diagnosis.ts';

export const TRAFFIC_STEPS: readonly DoctorRule[] = [
  { id: 'traffic', title: 'It had traffic in the window', ask: askTraffic },
  { id: 'http', title: 'The traffic was HTTP, not only TCP', ask: askHttp },
];

function askTraffic({ mesh }: HealthView, id: string | null): Diagnosis | null {
  return diagnosed(mesh, ({ workloads, windowSeconds }) => {
    const workload = workloads.get(id ?? '');
    if (workload?.golden || workload?.tcp) return fine();
    const { securedOut } = workload ?? {};
    const calls =
      securedOut !== undefined && (securedOut.requests !== null || securedOut.connections !== null);
    if (calls)
      return wrong({
        code: 'only-outbound',
        title: 'Nobody calls it',
        words: 'only calls',
        evidence: `it calls others; nothing but probes and scrapes came to it in the last ${span(windowSeconds)}`,
        remedy: 'Nothing, if it is a client: its calls are on its edges.',
      });
    return wrong({
      code: 'no-traffic',
      title: 'It had no traffic in the window',
      words: 'no traffic',
      evidence: `its proxy counted neither a request nor a connection in the last ${span(windowSeconds)}, probes and scrapes aside; connections that are older than the proxy go past it`,
      remedy:
        'Send it a request, or choose a longer window; restart clients that were connected before it had a proxy.',
    });
  });
}

function askHttp({ mesh, inventory }: HealthView, id: string | null): Diagnosis | null {
  return diagnosed(mesh, ({ workloads }) => {
    const workload = workloads.get(id ?? '');
    if (workload?.golden)
      return fine(`${counted(Math.round(workload.golden.requests), 'request')} in the window`);
    if (!workload?.tcp) return fine();
    const known = inventory.state === 'known' ? inventory.value.workloads : [];
    const pods = known.find((one) => one.id === id)?.pods ?? [];
    const opaque = [...new Set(pods.flatMap(({ opaquePorts }) => opaquePorts))];
    if (opaque.length > 0)
      return wrong({
        code: 'opaque',
        title: 'Only connections reach it',
        words: 'opaque port',
        evidence: `port ${opaque.join(', ')} is opaque: the proxy leaves its protocol alone, and counts connections and bytes, no requests`,
        remedy:
          'That is right for databases and queues; for HTTP take the port off config.linkerd.io/opaque-ports.',
      });
    return wrong({
      code: 'only-tcp',
      title: 'Only connections reach it',
      words: 'TCP only',
      evidence: 'its proxy saw no HTTP: connections and bytes are counted, no requests',
      remedy:
        'That is right for other protocols; if it is HTTP inside TLS of its own, let the proxy do the TLS.',
    });
  });
}
