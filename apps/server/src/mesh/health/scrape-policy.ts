// Whether policy lets Prometheus scrape the proxies, as far as defaults and names tell.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { PodObject } from '../../sources/kubernetes/watch/objects.ts';
import type { HealthView } from './health-view.ts';
import { judged, ok, type Verdict, warning } from './verdict.ts';
import { watched } from './watched.ts';

const DEFAULT_POLICY = 'config.linkerd.io/default-inbound-policy';

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
              remedy: 'Allow the scrapes in these namespaces.',
              command: namespaces
                .slice(0, 10)
                .map((name) => `linkerd viz allow-scrapes --target-namespace ${name} | kubectl apply -f -`)
                .join('\n'),
            },
          );
    },
    () => ok('there is no policy'),
  );
}
