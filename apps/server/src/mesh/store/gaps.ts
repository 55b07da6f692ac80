// What the store lacks of what the mesh is made of: one finding for each gap, with what it makes invisible.

import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../findings/finding.ts';
import { bucketGaps } from './bucket-gaps.ts';
import { clusterMatchers } from './cluster-names.ts';
import { familyGaps } from './family-gaps.ts';
import { labelGaps } from './label-gaps.ts';
import type { StoreFacts } from './store-facts.ts';
import type { Copies, SeveralClusters, Survey } from './survey.ts';

export function toGaps(
  { prefix, families, labels, copies, clusters, isForeign, refused }: Survey,
  facts: StoreFacts | null,
): Finding[] {
  return [
    ...(prefix === '' ? [] : [prefixed(prefix)]),
    ...(families && labels ? familyGaps(families, labels, facts) : []),
    ...(families ? bucketGaps(families) : []),
    ...(labels ? labelGaps(labels) : []),
    ...(clusters ? [several(clusters)] : []),
    ...(isForeign ? [foreign()] : []),
    ...(copies?.chosen ? [copied(copies, copies.chosen)] : []),
    ...(copies && !copies.chosen ? [copiedInPart(copies)] : []),
    ...(refused === null ? [] : [unsurveyed(refused)]),
  ];
}

function prefixed(prefix: string): Finding {
  return toFinding({
    code: 'families-prefixed',
    what: `the families of proxies have “${prefix}” before their names in this store (${prefix}response_total), and are read under these`,
    remedy:
      'nothing, if all is here; other tools look for the names without it: a collector puts it there (namespace of an exporter, prefix of a remote write)',
  });
}

function several({ labels, values, shown }: SeveralClusters): Finding {
  const option = clusterMatchers(labels, shown)
    .map((text) => `--matcher '${text}'`)
    .join(' ');
  const which = labels.length === 1 ? 'label' : 'labels';
  return toFinding({
    code: 'several-clusters',
    what: `this store holds ${values.length} clusters, told apart by the ${which} ${labels.join(' and ')} (${values.join(', ')}): ${shown} is shown`,
    remedy: `choose another one in the menu “Cluster”, or start with a matcher of your own, such as ${option}`,
    command: `latchwork ${option}`,
  });
}

function foreign(): Finding {
  return toFinding({
    code: 'store-of-another-cluster',
    severity: 'bad',
    what: 'the store knows none of the pods that Kubernetes names: its numbers are of another cluster, and pods, causes and workloads without traffic are not of those that it measured',
    remedy:
      'give the --context of the cluster that this Prometheus scrapes, or the --prometheus of this one; or leave Kubernetes out with --no-kubernetes',
  });
}

function copied({ label, values }: Copies, chosen: readonly string[]): Finding {
  const rest = values.filter((value) => !chosen.includes(value));
  return toFinding({
    code: 'stored-twice',
    what: `every proxy is stored more than once, told apart by the label ${label}: only what ${chosen.join(', ')} stored is counted, not ${rest.join(', ')}`,
    remedy:
      'nothing, if these are replicas; another one is chosen with --matcher, and a store that removes duplicates by itself answers faster',
  });
}

function copiedInPart({ label }: Copies): Finding {
  return toFinding({
    code: 'stored-twice-in-part',
    severity: 'warn',
    what: `requests of some proxies are stored more than once, told apart by the label ${label}: their rates count as often, since no value of it has all of them once`,
    remedy: `choose one scrape job or replica with --matcher, such as ${label}="…", and let one of them alone scrape each proxy`,
  });
}

function unsurveyed(reason: string): Finding {
  return toFinding({
    code: 'store-not-surveyed',
    what: `the store refused to say what it holds, so that what is missing here may only be missing from it: ${reason}`,
    remedy:
      'let it answer instant queries that count series by label; see whether a proxy before it limits the length or the number of selectors of a query',
  });
}
