// Which versions run, and how far they are apart: of proxies by what Kubernetes says of them, beside what they say themselves.

import type { ProxyVersion, Skew, Versions } from '@latchwork/shared/health/versions';
import type { Inventory } from '@latchwork/shared/inventory';
import { isThere } from '../inventory/pod-status.ts';
import { controlPlaneVersion } from './checks/version-checks.ts';
import { type HealthView, read } from './health-view.ts';
import { channelOf, compareVersions, versionParts } from './version-words.ts';

export function toVersions(view: HealthView): Versions {
  const controlPlane = controlPlaneVersion(view);
  const inventory = view.inventory.state === 'known' ? view.inventory.value : null;
  const version = read(view, (objects) => objects.version);
  const proxies = toProxies(view, inventory, controlPlane);
  return {
    controlPlane,
    channel: channelOf(controlPlane),
    kubernetes: version.state === 'known' ? version.value : null,
    latchwork: view.latchwork,
    extensions: inventory?.viz ? [vizVersion(inventory, inventory.viz.namespace)] : [],
    proxies,
    note: noteOf(proxies, controlPlane),
  };
}

interface Group {
  readonly version: string | null;
  readonly builds: Set<string>;
  readonly workloads: Set<string>;
  pods: number;
}

function toProxies(
  { proxies: seen }: HealthView,
  inventory: Inventory | null,
  controlPlane: string | null,
): ProxyVersion[] {
  const builds = new Map(
    seen.state === 'known'
      ? seen.value.map(({ namespace, pod, build, vendor, profile }) => [
          `${namespace}/${pod}`,
          buildWords(build, vendor, profile),
        ])
      : [],
  );
  const groups = new Map<string | null, Group>();
  const at = (version: string | null): Group => {
    const group = groups.get(version) ?? { version, builds: new Set(), workloads: new Set(), pods: 0 };
    groups.set(version, group);
    return group;
  };
  for (const { id, namespace, pods } of inventory?.workloads ?? [])
    for (const pod of pods) {
      if (!pod.meshed || !isThere(pod)) continue;
      const group = at(pod.proxyVersion);
      group.pods++;
      group.workloads.add(id);
      const build = builds.get(`${namespace}/${pod.name}`);
      if (build) group.builds.add(build);
    }
  // Without Kubernetes the proxies' own word is all there is.
  if (inventory === null)
    for (const build of builds.values()) {
      const group = at(null);
      group.pods++;
      if (build) group.builds.add(build);
    }
  return [...groups.values()]
    .map(({ version, builds: said, workloads, pods }) => ({
      version,
      builds: [...said].sort(),
      pods,
      workloads: [...workloads].sort(),
      ...skewOf(version, controlPlane),
    }))
    .sort((a, b) => b.pods - a.pods || ((a.version ?? '') < (b.version ?? '') ? -1 : 1));
}

/** A build for debugging, or of another vendor, is no release of Linkerd's. */
function buildWords(build: string, vendor: string, profile: string): string {
  if (build === '') return '';
  const more = [
    vendor && vendor !== 'linkerd' ? vendor : '',
    profile && profile !== 'release' ? profile : '',
  ];
  const words = more.filter(Boolean).join(', ');
  return words === '' ? build : `${build} (${words})`;
}

function skewOf(version: string | null, controlPlane: string | null): { skew: Skew; note: string | null } {
  if (version === null || controlPlane === null) return { skew: 'unknown', note: null };
  if (version === controlPlane) return { skew: 'none', note: null };
  const difference = compareVersions(version, controlPlane);
  if (difference === null)
    return {
      skew: 'other',
      note: `It is not of the channel of the control plane (${channelOf(controlPlane)}), and cannot be compared.`,
    };
  if (difference === 0) return { skew: 'none', note: null };
  return difference > 0
    ? { skew: 'newer', note: 'It is newer than the control plane, which is to be upgraded first.' }
    : { skew: 'older', note: olderNote(version, controlPlane) };
}

/** Linkerd supports a stable control plane with proxies of the minor version before it; of edges it promises nothing. */
function olderNote(version: string, controlPlane: string): string {
  const restart = 'Restart the workloads to bring it up.';
  const [old, now] = [versionParts(version), versionParts(controlPlane)];
  if (!old || !now || now.channel === 'edge') return `Older than the control plane. ${restart}`;
  const minors = (now.numbers[1] ?? 0) - (old.numbers[1] ?? 0);
  if (old.numbers[0] !== now.numbers[0] || minors > 1)
    return `More than one minor version behind the control plane, which is not supported. ${restart}`;
  return `At most one minor version behind the control plane, which is supported. ${restart}`;
}

function noteOf(proxies: readonly ProxyVersion[], controlPlane: string | null): string | null {
  if (controlPlane === null || proxies.every(({ skew }) => skew === 'none')) return null;
  if (proxies.some(({ skew }) => skew === 'newer'))
    return 'Some proxies are newer than the control plane: upgrade in the order CRDs, control plane, extensions, proxies.';
  if (proxies.some(({ skew }) => skew === 'older'))
    return 'Some proxies are older than the control plane. That is how an upgrade goes: control plane first, then extensions, then a restart of each workload.';
  return null;
}

function vizVersion(inventory: Inventory, namespace: string): Versions['extensions'][number] {
  const pods = inventory.workloads
    .filter((workload) => workload.namespace === namespace)
    .flatMap((workload) => workload.pods.filter(isThere));
  return {
    name: 'viz',
    version: pods.find(({ proxyVersion }) => proxyVersion)?.proxyVersion ?? null,
    pods: pods.length,
  };
}
