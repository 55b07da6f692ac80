// Whether policy lets Prometheus scrape the proxies, as far as defaults and names tell.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { AuthorizationObject, PodObject } from '../../sources/kubernetes/watch/objects.ts';
import { commandLines, isPlain } from '../findings/kubectl.ts';
import { judged, ok, type Verdict, warning } from './checks/verdict.ts';
import { type HealthView, read } from './health-view.ts';
import { watched } from './watched.ts';

const DEFAULT_POLICY = 'config.linkerd.io/default-inbound-policy';

/** The command lets the Prometheus of viz in, and makes a Server at the port that keeps every other one out. */
export function allowScrapes(
  view: HealthView,
  namespaces: readonly string[],
): { readonly remedy: string; readonly command: string | null } {
  const prometheus = read(view, (objects) => objects.vizPrometheus);
  if (view.viz === null || prometheus.state === 'absent')
    return {
      remedy:
        'Let the identity of your Prometheus in on port linkerd-admin (4191) with an AuthorizationPolicy: linkerd viz allow-scrapes knows the one of viz alone.',
      command: null,
    };
  return {
    remedy: 'Allow the scrapes.',
    command: commandLines(
      namespaces
        .filter(isPlain)
        .map((name) => `linkerd viz allow-scrapes --target-namespace ${name} | kubectl apply -f -`),
    ),
  };
}

/** It lets nobody in by default, as far as that is known. */
export function isClosed({ config }: Pick<HealthView, 'config'>, { meta }: PodObject): boolean {
  const byDefault = config.state === 'known' ? config.value.inboundPolicy : 'all-unauthenticated';
  return (meta.annotations[DEFAULT_POLICY] ?? byDefault) === 'deny';
}

/** As the command of viz calls the one that it makes. */
export function isForScrapes({ meta }: AuthorizationObject): boolean {
  return meta.name === 'prometheus-scrape';
}

/** What `linkerd check` asks: a policy called so, or a default that is not deny. */
export function scrapesAllowed(view: HealthView, pods: readonly PodObject[]): Verdict | null {
  return judged(
    watched(view, 'authorizations', new Set(pods.map(({ meta }) => meta.namespace))),
    (authorizations) => {
      const allowed = new Set(authorizations.filter(isForScrapes).map(({ meta }) => meta.namespace));
      const closed = pods.filter((pod) => isClosed(view, pod) && !allowed.has(pod.meta.namespace));
      const namespaces = [...new Set(closed.map(({ meta }) => meta.namespace))].sort();
      return closed.length === 0
        ? ok(counted(pods.length, 'pod'))
        : warning(
            `${counted(closed.length, 'pod')} of ${named(namespaces)} let nobody in by default, scrapes neither`,
            allowScrapes(view, namespaces),
          );
    },
    () => ok('there is no policy'),
  );
}
