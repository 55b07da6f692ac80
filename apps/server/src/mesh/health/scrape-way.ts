// Why Prometheus finds a proxy and does not get its page: the mesh's own policy, or the network.

import type { InventoryWorkload } from '@latchwork/shared/inventory';
import type { PossibleCause } from '@latchwork/shared/problems/finding';
import { commandLines, isPlain } from '../findings/kubectl.ts';
import { type Wrong, wrong } from './doctor/diagnosis.ts';
import type { HealthView } from './health-view.ts';
import { allowScrapes, isClosed, isForScrapes } from './scrape-policy.ts';
import { watched } from './watched.ts';

export function blocked({ namespace, name, pods }: InventoryWorkload, view: HealthView): Wrong {
  const names = pods.map((pod) => pod.name);
  if (isDenied(namespace, names, view))
    return wrong({
      code: 'scrape-denied',
      title: 'Policy of the mesh keeps Prometheus out',
      words: 'scrape denied',
      evidence: `its pods let nobody in by default, and no AuthorizationPolicy of namespace ${namespace} allows scrapes`,
      ...allowScrapes(view, [namespace]),
    });
  return wrong({
    code: 'scrape-fails',
    title: 'Prometheus finds its proxy and cannot scrape it',
    words: 'scrape fails',
    evidence: `every pod of ${name} is down for Prometheus`,
    remedy: WHICH_CAUSE,
    causes: scrapeCauses(view, [namespace]),
  });
}

export const WHICH_CAUSE = 'The targets page of Prometheus says which of these it is.';

export function scrapeCauses(view: HealthView, namespaces: readonly string[]): PossibleCause[] {
  return [
    {
      what: 'A NetworkPolicy keeps Prometheus from port 4191.',
      tell: 'The target says “context deadline exceeded” or “connection refused”.',
      remedy: 'Let the namespace of Prometheus in on port 4191.',
      command: commandLines(
        namespaces.filter(isPlain).map((name) => `kubectl -n ${name} get networkpolicies`),
      ),
    },
    {
      what: 'Policy of the mesh turns it away.',
      tell: 'The target says “server returned HTTP status 403”.',
      ...allowScrapes(view, namespaces),
    },
  ];
}

function isDenied(namespace: string, names: readonly string[], view: HealthView): boolean {
  const pods = watched(view, 'pods', [namespace]);
  const authorizations = watched(view, 'authorizations', [namespace]);
  if (pods.state !== 'known' || authorizations.state !== 'known') return false;
  const own = pods.value.filter(({ meta }) => meta.namespace === namespace && names.includes(meta.name));
  return (
    own.some((pod) => isClosed(view, pod)) &&
    !authorizations.value.some((one) => one.meta.namespace === namespace && isForScrapes(one))
  );
}
