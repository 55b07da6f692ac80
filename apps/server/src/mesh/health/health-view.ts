// All that a look at health knows: what Kubernetes says, what the store says, and what the mesh made of it.

import type { Inventory } from '@latchwork/shared/inventory';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import type { Workload } from '@latchwork/shared/workload';
import type { HealthObjects } from '../../sources/kubernetes/health/health-objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import type { Told, Untold } from '../../sources/told.ts';
import type { ControlPlaneConfig } from './control-plane-config.ts';
import type { HealthFacts, SeenProxy } from './store-health.ts';

/** Of a window that somebody looks at. */
export interface HealthMesh {
  readonly windowSeconds: number;
  readonly intervalSeconds: number | null;
  readonly diagnoses: readonly Finding[];
  readonly problems: readonly MeshProblem[];
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly failedParts: readonly string[];
}

export interface HealthView {
  readonly nowMs: number;
  readonly state: Told<KubernetesState>;
  readonly inventory: Told<Inventory>;
  readonly objects: Told<HealthObjects>;
  readonly config: Told<ControlPlaneConfig>;
  readonly proxies: Told<readonly SeenProxy[]>;
  readonly facts: Told<HealthFacts>;
  readonly mesh: Told<HealthMesh>;
  readonly tap: Told<{
    readonly allowed: boolean;
    readonly message: string | null;
    readonly manifest: string | null;
  }>;
  /** Where the control plane lives, and viz; null where nobody found any. */
  readonly home: string | null;
  readonly viz: string | null;
  /** Empty: all. */
  readonly namespaces: ReadonlySet<string>;
  readonly latchwork: string;
  readonly store: { readonly name: string; readonly tookMs: number | null };
}

/** Whether a namespace is among those that are asked about. */
export function isAsked({ namespaces }: HealthView, namespace: string): boolean {
  return namespaces.size === 0 || namespaces.has(namespace);
}

/** One of the objects that are read for health alone. */
export function read<T>(view: HealthView, pick: (objects: HealthObjects) => Told<T>): Told<T> {
  return view.objects.state === 'known' ? pick(view.objects.value) : view.objects;
}

export function untold(why: string, remedy: string): Untold {
  return { state: 'untold', why, remedy, right: null };
}
