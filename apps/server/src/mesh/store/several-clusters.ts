// Signs that one store holds several clusters: a label with several values under which the same workloads stand. Pure.

import type { PlaceNames } from '../../sources/prometheus/questions/clusters.ts';
import { OWN_OWNER_LABELS } from '../../sources/prometheus/questions/owners/owner-labels.ts';
import { DOTTED_NAMES, OTHER_NAMES } from '../../sources/prometheus/questions/survey.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';

/** Names that people give such a label, asked for whether or not the few series that were looked at have them. */
const USUAL = [
  'cluster',
  'cluster_name',
  'cluster_id',
  'k8s_cluster',
  'k8s_cluster_name',
  'kube_cluster',
  'kubernetes_cluster',
  'region',
  'environment',
  'env',
  'datacenter',
  'dc',
  'site',
];
const IS_CLUSTER = /cluster/i;
const SOUNDS_LIKE_IT =
  /cluster|region|environment|(^|[_.])(env|dc|site|stage|tenant|account|project|context)($|[_.])|datacenter/i;
/** They differ inside one cluster: from pod to pod, node to node, release to release, or scrape to scrape. */
const INSIDE =
  /pod|instance|node|host|zone|rack|topology|hash|version|revision|uid|ip$|address|job|endpoint|container|service|name|replica|prometheus|receive|owner|component|control_plane|workload|linkerd|namespace|deployment|statefulset|daemonset|cronjob|app|team|extension|track|canary|slot|color/i;
/** What is in front of a store: one for each cluster, or several in one. */
const OF_COLLECTORS =
  /^(prometheus|job|agent|agent_hostname|host|hostname|collector|source|origin|monitor|receive)$/;
/** What a series says of one call and its other end: they differ from call to call, whatever they are called. */
const OF_REQUESTS =
  /^(dst|src|srv|client|server|target|parent|backend|route|authz)_|^(direction|classification|authority|hostname|status_code|grpc_status|http_status|tls|no_tls_reason|error|peer)$/;
/** A label of a pod, by the domain before its name: of one operator's objects, or of the node that the pod runs on. */
const OF_PODS = /_(io|com|dev|org|net|sh)_|[/]/;
const MOST_LABELS = 40;
const MOST_CLUSTERS = 100;

/** Labels that may tell clusters apart, the likeliest first. `proxies`: a few series with all their labels. */
export function toCandidates(proxies: readonly Sample[], matchers: readonly string[]): string[] {
  const names = new Set(
    proxies.flatMap(({ labels }) => Object.keys(labels).filter((name) => !OF_PODS.test(name))),
  );
  const usual = USUAL.filter((name) => names.has(name));
  const alike = [...names].filter((name) => SOUNDS_LIKE_IT.test(name)).sort();
  const others = [...names].filter((name) => !name.startsWith('__') && !INSIDE.test(name)).sort();
  const collectors = [...names].filter((name) => OF_COLLECTORS.test(name)).sort();
  const asked = matchers.map((text) => /^"?([^"=!~]+)/.exec(text)?.[1]);
  return [...new Set([...usual, ...alike, ...USUAL, ...others, ...collectors])]
    .filter((name) => name !== '__name__' && !OF_REQUESTS.test(name) && !asked.includes(name))
    .slice(0, MOST_LABELS);
}

/** Under which names these proxies say whose they are; null where they do not. */
export function toPlaceNames(proxies: readonly Sample[]): PlaceNames | null {
  const names = new Set(proxies.flatMap(({ labels }) => Object.keys(labels)));
  const of = (...labels: readonly string[]) =>
    labels.flatMap((label) => [
      label,
      `exported_${label}`,
      ...[...OTHER_NAMES, ...DOTTED_NAMES].flatMap(([ours, from]) => (ours === label ? [from] : [])),
    ]);
  const found = (labels: readonly string[]) => labels.filter((name) => names.has(name));
  const namespace = found(of('namespace'));
  const owners = found(of(...OWN_OWNER_LABELS.map(([label]) => label)));
  return namespace.length === 0 || owners.length === 0 ? null : { namespace, owners, pod: found(of('pod')) };
}

export interface ClusterLabel {
  readonly label: string;
  /**
   * What else has to speak for it: nothing; no calls across its values; or calls within each of them as well.
   */
  readonly proof: 'none' | 'not across' | 'within';
}

/** The labels that may tell clusters apart, the likeliest first. */
export function toClusterLabels(candidates: readonly string[], repeats: readonly Sample[]): ClusterLabel[] {
  const of = (kind: string, name: string) => repeats.find(({ labels }) => labels[kind] === name)?.value ?? 0;
  const workloads = of('fact', 'workloads');
  const pods = of('fact', 'pods');
  return candidates.flatMap((label): ClusterLabel[] => {
    const values = of('values', label);
    const repeated = of('places', label) - workloads;
    if (values < 2 || values > MOST_CLUSTERS || repeated <= 0) return [];
    if (IS_CLUSTER.test(label)) return [{ label, proof: 'none' }];
    // One that repeats little of the mesh may be of pods, and change with a release.
    const isMost = repeated >= workloads / 2;
    if (SOUNDS_LIKE_IT.test(label)) return [{ label, proof: isMost ? 'not across' : 'within' }];
    // Any other label has to repeat most of the mesh, and may not only be stored twice.
    if (!isMost || of('copies', label) !== pods) return [];
    return [{ label, proof: OF_COLLECTORS.test(label) ? 'within' : 'not across' }];
  });
}
