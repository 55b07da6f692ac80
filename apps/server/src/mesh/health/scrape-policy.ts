// Whether policy lets Prometheus scrape the proxies, as far as defaults and names tell.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { PodObject } from '../../sources/kubernetes/watch/objects.ts';
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

/** What `linkerd check` asks: a policy called so, or a default that is not deny. */
export function scrapesAllowed(view: HealthView, pods: readonly PodObject[]): Verdict | null {
  return judged(
    watched(view, 'authorizations', new Set(pods.map(({ meta }) => meta.namespace))),
    (authorizations) => {
      const allowed = new Set(
        authorizations
          .filter(({ meta }) => meta.name === 'prometheus-scrape')
          .map(({ meta }) => meta.namespace),
      );
      const byDefault =
        view.config.state === 'known' ? view.config.value.inboundPolicy : 'all-unauthenticated';
      const closed = pods.filter(
        ({ meta }) =>
          (meta.annotations[DEFAULT_POLICY] ?? byDefault) === 'deny' && !allowed.has(meta.namespace),
      );
      const namespaces = [...new Set(closed.map(({ meta }) => meta.namespace))].sort();
      return closed.length === 0
        ? ok(counted(pods.length, 'pod'))
        : warning(
            `${counted(closed.length, 'pod')} of ${named(namespaces)} let nobody in by default, scrapes neither`,
            {
              ...allowScrapes(view, namespaces),
            },
          );
    },
    () => ok('there is no policy'),
  );
}
