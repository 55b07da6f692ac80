// What labels of pods say of workloads: which of them group, and of one, which workload has which value. Pure.

import type { Labels, WorkloadLabel } from '@latchwork/shared/labels';
import { serviceId } from '@latchwork/shared/node-id';
import type { Labels as Texts } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import type { ClusterView } from '../cluster/cluster-view.ts';
import { createOwners } from './owners.ts';
import { isRunning } from './proxy.ts';

export interface LabelsAsk {
  /** Whose values are told; null: of none. */
  readonly label: string | null;
  /** Empty: all. */
  readonly namespaces: ReadonlySet<string>;
}

const MOST_LABELS = 60;
/** What Kubernetes allows; whatever is longer is no label. */
const LONGEST = { name: 317, value: 63 };
/** Which ReplicaSet, which try, which pod: told by whoever made the pod, and of no use to people. */
const OF_MAKERS = /(^|[-/])(hash|uid|pod-name|job-name|pod-index|completion-index|generation)$/;
const OF_LINKERD = /^([a-z.-]+\.)?linkerd\.io\//;

/** `agreed`: of the same state. */
export function toWorkloadLabels(
  agreed: ReadonlyMap<string, Texts>,
  { state, inventory }: Pick<ClusterView, 'state' | 'inventory'>,
  { label, namespaces }: LabelsAsk,
): Labels {
  const isAsked = (namespace: string) => namespaces.size === 0 || namespaces.has(namespace);
  const workloads = new Map<string, Texts>();
  for (const [id, labels] of agreed) if (isAsked(id.slice(0, id.indexOf('/')))) workloads.set(id, labels);
  const all = grouping(workloads.values());
  const services = state.objects.services.filter(({ meta }) => isAsked(meta.namespace));
  const { pods } = inventory.parts;
  return {
    labels: all.slice(0, MOST_LABELS),
    more: Math.max(0, all.length - MOST_LABELS),
    workloads: workloads.size,
    label,
    values:
      label === null
        ? {}
        : Object.fromEntries([
            ...services.flatMap(({ meta }) =>
              valued(serviceId(meta.namespace, meta.name), meta.labels, label),
            ),
            ...[...workloads].flatMap(([id, labels]) => valued(id, labels, label)),
          ]),
    parts: pods ? { pods } : {},
  };
}

/** By workload the labels on which all of its pods agree: those that run, where any does. Made once for all who ask. */
export function agreedLabels(state: KubernetesState): Map<string, Texts> {
  const owners = createOwners(state);
  const pods = Map.groupBy(state.objects.pods, (pod) => owners.workloadOf(pod).id);
  const all = new Map<string, Texts>();
  for (const { meta } of state.objects.externalWorkloads)
    all.set(owners.topOf('externalworkload', meta).id, meta.labels);
  for (const [id, own] of pods) {
    const running = own.filter(isRunning);
    all.set(id, common((running.length > 0 ? running : own).map(({ meta }) => meta.labels)));
  }
  return all;
}

function common([first = {}, ...others]: readonly Texts[]): Texts {
  return Object.fromEntries(
    Object.entries(first).filter(
      ([name, value]) => isUseful(name, value) && others.every((labels) => labels[name] === value),
    ),
  );
}

function isUseful(name: string, value: string): boolean {
  if (value === '' || value.length > LONGEST.value || name.length > LONGEST.name) return false;
  return !OF_MAKERS.test(name) && !OF_LINKERD.test(name);
}

/** Those that put most workloads together come first; one value for all, and one for each, group nothing. */
function grouping(workloads: Iterable<Texts>): WorkloadLabel[] {
  const found = new Map<string, { values: Set<string>; workloads: number }>();
  for (const labels of workloads)
    for (const [name, value] of Object.entries(labels)) {
      if (!isUseful(name, value)) continue;
      const one = found.get(name) ?? { values: new Set(), workloads: 0 };
      one.values.add(value);
      one.workloads += 1;
      found.set(name, one);
    }
  const joined = ({ values, workloads: some }: WorkloadLabel) => (values > 1 ? some - values : 0);
  return [...found]
    .map(([name, one]) => ({ name, values: one.values.size, workloads: one.workloads }))
    .sort((a, b) => joined(b) - joined(a) || b.workloads - a.workloads || (a.name < b.name ? -1 : 1));
}

function valued(id: string, labels: Texts, label: string): [string, string][] {
  const value = Object.hasOwn(labels, label) ? (labels[label] ?? '') : '';
  return isUseful(label, value) ? [[id, value]] : [];
}
