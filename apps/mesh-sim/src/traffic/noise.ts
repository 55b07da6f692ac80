// What is not the application: kubelet's probes, Prometheus' scrapes, proxies that ask the control plane.

import type { Cluster, Pod } from '../cluster.ts';
import type { Caller, Exchange } from '../exchange.ts';
import { ADMIN_PORT, TAP_PORT } from '../ports.ts';
import { poisson, type Rng } from '../rng.ts';

const NODE_IP = '10.42.0.1';
/** Liveness and readiness, each every ten seconds. */
const PROBE_EVERY_MS = 5_000;
const SCRAPE_EVERY_MS = 10_000;

/** True once in every period, at a moment of its own for each `phase`. */
function isDue(fromMs: number, tickMs: number, everyMs: number, phase: number): boolean {
  const at = (fromMs + phase * 733) % everyMs;
  return at < tickMs;
}

function quick(
  fields: Pick<Exchange, 'atMs' | 'caller' | 'target' | 'port' | 'path'> & Partial<Exchange>,
): Exchange {
  const target = fields.target as Pod;
  return {
    destination: { type: 'direct' },
    protocol: 'http',
    method: 'GET',
    ask: `GET ${fields.path}`,
    authority: `${target.ip}:${fields.port}`,
    secured: false,
    arrives: true,
    outcome: 'answered',
    status: 200,
    grpcStatus: null,
    serverMs: 0.4,
    clientMs: 0.9,
    requestBytes: 0,
    responseBytes: 2,
    ...fields,
  };
}

/** The first readiness probe finds a proxy without a certificate. */
export function startupProbe(pod: Pod, atMs: number): Exchange {
  const caller: Caller = { type: 'kubelet', ip: NODE_IP };
  return quick({ atMs, caller, target: pod, port: ADMIN_PORT, path: '/ready', status: 503 });
}

/** Tap asks a proxy for requests. The proxy itself answers, so that only the asking side counts it. */
export function tapCall(tap: Pod, target: Pod, atMs: number): Exchange {
  return quick({
    atMs,
    caller: { type: 'pod', pod: tap },
    target,
    port: TAP_PORT,
    path: '/io.linkerd.proxy.tap.Tap/Observe',
    protocol: 'grpc',
    method: 'POST',
    grpcStatus: 0,
    secured: true,
    arrives: false,
    clientMs: 20,
    responseBytes: 8_000,
  });
}

export function* noise(cluster: Cluster, rng: Rng, fromMs: number, tickMs: number): Generator<Exchange> {
  const kubelet: Caller = { type: 'kubelet', ip: NODE_IP };
  const scraper = cluster.pods.find(({ workload }) => workload.infrastructure?.scrapesEverybody);
  for (const pod of cluster.pods) {
    if (!pod.meshed) continue;
    const { listener, infrastructure } = pod.workload;
    const atMs = fromMs + rng.next() * tickMs;
    const probed = [...(listener?.probed ? [listener.port] : []), ...(infrastructure?.adminPorts ?? [])];
    if (isDue(fromMs, tickMs, PROBE_EVERY_MS, pod.ordinal)) {
      yield quick({ atMs, caller: kubelet, target: pod, port: ADMIN_PORT, path: '/live', serverMs: 0.2 });
      for (const port of probed) {
        const serverMs = 1 + rng.next() * 8;
        yield quick({ atMs, caller: kubelet, target: pod, port, path: '/healthz', serverMs });
      }
    }
    if (scraper && scraper !== pod && isDue(fromMs, tickMs, SCRAPE_EVERY_MS, pod.ordinal + 3)) {
      for (const port of [ADMIN_PORT, ...(infrastructure?.adminPorts ?? [])]) {
        const serverMs = 6 + rng.next() * 20;
        yield quick({
          atMs,
          caller: { type: 'pod', pod: scraper },
          target: pod,
          port,
          path: '/metrics',
          secured: true,
          serverMs,
          clientMs: serverMs + 1,
          responseBytes: 160_000,
        });
      }
    }
    for (const { port, rps } of infrastructure?.proxyPorts ?? [])
      for (let i = poisson(rng, (rps * tickMs) / 1000); i > 0; i--)
        yield quick({
          atMs,
          caller: { type: 'proxy', ip: NODE_IP },
          target: pod,
          port,
          path: '/',
          protocol: 'grpc',
          method: 'POST',
          grpcStatus: 0,
          serverMs: 4 + rng.next() * 30,
          responseBytes: 300,
        });
  }
}
