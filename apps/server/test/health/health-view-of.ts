// A look at the recorded mesh, with whatever a test changes of it.

import { toControlPlaneConfig } from '../../src/mesh/health/control-plane-config.ts';
import type { HealthMesh, HealthView } from '../../src/mesh/health/health-view.ts';
import { toHealthFacts, toSeenProxies } from '../../src/mesh/health/store-health.ts';
import { toInventory } from '../../src/mesh/inventory/inventory.ts';
import { isMeshed } from '../../src/mesh/inventory/proxy.ts';
import type { HealthObjects } from '../../src/sources/kubernetes/health/health-objects.ts';
import type { KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';
import { known, type Untold } from '../../src/sources/told.ts';
import { sample } from '../inputs/fake-store.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { type Json, readRecorded } from './recorded-health.ts';

/** Inside of the recording. */
export const NOW_MS = Date.parse('2026-11-23T15:58:40Z');

export const UNTOLD: Untold = { state: 'untold', why: 'it was not told', remedy: 'ask', right: null };

export const WELL_MESH: HealthMesh = {
  windowSeconds: 60,
  intervalSeconds: 10,
  diagnoses: [],
  problems: [],
  workloads: new Map(),
  failedParts: [],
};

/** What the recorded store said, fact by fact. */
export const FACTS: Readonly<Record<string, number>> = {
  issuer: 31_535_000,
  leaf: 85_400,
  leaves: 25,
  refreshes: 25,
  detects: 340,
  age: 4,
  samples: 18_325,
  scrapeSeconds: 0.05,
  memory: 1_240_973_312,
};

export type Row = readonly [fact: string, labels: Record<string, string>, value: number];

interface Change {
  readonly json?: Json;
  readonly state?: KubernetesState;
  readonly facts?: Readonly<Record<string, number | null>>;
  readonly rows?: readonly Row[];
  readonly view?: Partial<HealthView>;
}

export async function viewOf({
  json,
  state = recordedState(),
  facts = {},
  rows = [],
  view = {},
}: Change = {}): Promise<HealthView> {
  const objects: HealthObjects = await readRecorded(json);
  const inventory = toInventory(state);
  const told = Object.entries({ ...FACTS, ...facts }).flatMap(([fact, value]) =>
    value === null ? [] : [sample({ fact }, value)],
  );
  const meshed = state.objects.pods.filter((pod) => isMeshed(pod, 'linkerd'));
  return {
    nowMs: NOW_MS,
    state: known(state),
    inventory: known(inventory),
    objects: known(objects),
    config: toControlPlaneConfig(objects.config, 'linkerd'),
    proxies: known(
      toSeenProxies(
        meshed.map(({ meta }) =>
          sample(
            {
              namespace: meta.namespace,
              pod: meta.name,
              version: '2.366.0',
              vendor: 'linkerd',
              profile: 'debug',
            },
            1,
          ),
        ),
      ),
    ),
    facts: known(
      toHealthFacts([
        ...told,
        sample({ fact: 'control', addr: 'linkerd-dst-headless.linkerd.svc.cluster.local:8086' }, 12),
        ...rows.map(([fact, labels, value]) => sample({ fact, ...labels }, value)),
      ]),
    ),
    mesh: known(WELL_MESH),
    tap: known({ allowed: true, message: null, manifest: null }),
    home: 'linkerd',
    viz: 'linkerd-viz',
    namespaces: new Set(),
    latchwork: '1.0.0',
    store: { name: 'prometheus.linkerd-viz:9090', tookMs: 38 },
    ...view,
  };
}
