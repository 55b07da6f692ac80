// The whole simulator with its doors open: pages and their list, tap, the Kubernetes API, control, and the two relays.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createCluster } from './cluster.ts';
import { controlHandler } from './control.ts';
import { emptyPrometheus, emptyTap } from './empty-answers.ts';
import { createCertificates } from './kubernetes/certificates.ts';
import { toKubeconfig } from './kubernetes/kubeconfig.ts';
import { startKubernetes } from './kubernetes/kubernetes.ts';
import { Ledger } from './ledger.ts';
import { listen } from './listening.ts';
import { metricsHandler } from './metrics-server.ts';
import type { Options } from './options.ts';
import { createRelay } from './relay.ts';
import { Scrapes } from './scrapes.ts';
import { createTapServer } from './tap/tap-server.ts';
import { World } from './world.ts';

/** Counters that begin with a past: rates are right from the second scrape on. */
const PAST_MS = 5 * 60_000;

interface SimulatorUrls {
  readonly metrics: string;
  readonly sd: string;
  readonly tap: string;
  readonly tapRelay: string;
  readonly prometheusRelay: string;
  readonly control: string;
  readonly kubernetes: string;
  /** Path of the file that was written; null when none was asked for. */
  readonly kubeconfig: string | null;
}

export interface Simulator {
  readonly urls: SimulatorUrls;
  readonly world: World;
  close(): Promise<void>;
}

/** `now` is the clock of everything in it, in Unix milliseconds. */
export async function startSimulator(options: Options, now: () => number): Promise<Simulator> {
  const { host, seed, scenario } = options;
  const startedMs = now();
  const world = new World({ cluster: createCluster(scenario), seed, startedAtMs: startedMs - PAST_MS });
  const ledger = new Ledger();
  world.listen(ledger);
  world.advanceTo(startedMs);

  const scrapes = new Scrapes();
  const metrics = await listen(metricsHandler(world, now, scrapes), host, options.port);
  const tapServer = createTapServer({ world, now });
  const tap = await listen(tapServer.handle, host, options.tapPort);
  const relays = {
    prometheus: await createRelay({
      upstream: options.prometheus,
      host,
      port: options.relayPort,
      empty: emptyPrometheus,
    }),
    tap: await createRelay({ upstream: tap.url, host, port: options.tapRelayPort, empty: emptyTap }),
  };
  const certificates = options.tls ? await createCertificates(host) : null;
  const kubernetes = await startKubernetes({
    world,
    now,
    host,
    port: options.kubernetesPort,
    certificates,
    tapUrl: relays.tap.url,
    prometheusUrl: relays.prometheus.url,
  });
  const handleControl = controlHandler({ world, ledger, relays, scrapes, kubernetes, now });
  const control = await listen(handleControl, host, options.controlPort);
  const kubeconfig = options.kubeconfigFile === null ? null : resolve(options.kubeconfigFile);
  if (kubeconfig)
    await writeFile(
      kubeconfig,
      toKubeconfig({ server: kubernetes.url, controlUrl: control.url, certificates }),
      { mode: 0o600 },
    );
  return {
    world,
    urls: {
      metrics: metrics.url,
      sd: `${metrics.url}/sd`,
      tap: tap.url,
      tapRelay: relays.tap.url,
      prometheusRelay: relays.prometheus.url,
      control: control.url,
      kubernetes: kubernetes.url,
      kubeconfig,
    },
    async close() {
      tapServer.close();
      await kubernetes.close();
      await Promise.all([metrics, relays.tap, relays.prometheus, tap, control].map((door) => door.close()));
    },
  };
}
