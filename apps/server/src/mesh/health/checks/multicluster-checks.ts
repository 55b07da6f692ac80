// Links to other clusters, where there are any: their kinds, their mirrors, the gateways as probes see them.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { LinkObject } from '../../../sources/kubernetes/health/health-objects.ts';
import { commandLines, isPlain } from '../../findings/kubectl.ts';
import { isPodReady } from '../control-pods.ts';
import { toGateways } from '../gateways.ts';
import { type HealthView, read } from '../health-view.ts';
import { EVERYWHERE, judgedAny, judgedEach } from '../watched.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';

const category = 'linkerd-multicluster';

/** Null where the extension is not installed. */
function withLinks(judge: (view: HealthView) => Verdict | null): CheckRule['judge'] {
  return (view) => {
    const links = read(view, (objects) => objects.links);
    return links.state === 'absent' ? null : judge(view);
  };
}

function mirrorPods({ namespace, cluster }: LinkObject): string {
  const ofCluster = isPlain(cluster) ? `=${cluster}` : '';
  return `kubectl -n ${namespace} get pods -l mirror.linkerd.io/cluster-name${ofCluster}`;
}

function isProbed({ facts }: HealthView, cluster: string): boolean {
  if (facts.state !== 'known') return false;
  const { value } = facts;
  return ['gatewayAlive', 'gatewayEnabled'].some((fact) =>
    value.of(fact).some(({ labels }) => labels['target_cluster_name'] === cluster),
  );
}

export const MULTICLUSTER_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-multicluster-links-are-valid',
    category,
    title: 'Link resources are valid',
    judge: withLinks((view) =>
      judged(
        read(view, ({ links }) => links),
        (links) => {
          const bad = links.filter(({ cluster, clusterDomain }) => cluster === '' || clusterDomain === '');
          return bad.length === 0
            ? ok(counted(links.length, 'link'))
            : failed(named(bad.map(({ namespace, name }) => `${namespace}/${name}`)), {
                remedy:
                  'Make them anew with linkerd multicluster link: the name or domain of the target cluster is missing.',
              });
        },
        () => null,
      ),
    ),
  },
  {
    id: 'l5d-multicluster-service-mirror-running',
    category,
    title: 'all service mirror controllers are running',
    judge: withLinks((view) =>
      judged(
        read(view, ({ links }) => links),
        (links) =>
          judgedAny(
            view,
            'pods',
            (pods) => {
              const mirrors = pods.filter(
                ({ meta }) =>
                  meta.labels['component'] === 'linkerd-service-mirror' ||
                  (meta.labels['component'] === 'controller' &&
                    meta.labels['linkerd.io/extension'] === 'multicluster'),
              );
              const without = links.filter(
                ({ cluster }) =>
                  !mirrors.some(
                    (pod) => pod.meta.labels['mirror.linkerd.io/cluster-name'] === cluster && isPodReady(pod),
                  ),
              );
              return without.length === 0
                ? ok(counted(links.length, 'link'))
                : failed(`none runs for ${named(without.map(({ cluster }) => cluster))}`, {
                    remedy:
                      'See why its controller does not run: services of that cluster are no longer mirrored.',
                    command: commandLines(without.map(mirrorPods)),
                  });
            },
            links.map(({ namespace }) => namespace),
          ),
        () => null,
      ),
    ),
  },
  {
    id: 'l5d-multicluster-gateways-endpoints',
    category,
    title: 'probe services able to communicate with all gateway mirrors',
    judge: withLinks((view) => {
      const gateways = toGateways(view);
      if (gateways === null)
        return judged(
          read(view, ({ links }) => links),
          () => null,
          () => null,
        );
      const dead = gateways.filter(({ alive }) => alive === false);
      const unsaid = gateways.filter((one) => one.address !== null && !isProbed(view, one.cluster));
      if (dead.length === 0 && unsaid.length > 0)
        return unknown({
          why: `nothing tells whether the gateway of ${named(unsaid.map(({ cluster }) => cluster))} answers (gateway_alive is not stored)`,
          remedy: 'scrape the service mirrors, whose probes count it',
          right: null,
        });
      return dead.length === 0
        ? ok(counted(gateways.length, 'gateway'))
        : failed(
            `no answer from ${named(dead.map(({ cluster, address }) => `${cluster} (${address ?? 'no address'})`))}`,
            {
              remedy:
                'See whether the gateway of that cluster is reachable on its port, and whether both clusters share a trust anchor.',
              command: `linkerd multicluster gateways`,
            },
          );
    }),
  },
  {
    id: 'l5d-multicluster-services-endpoints',
    category,
    title: 'all mirror services have endpoints',
    judge: withLinks((view) =>
      judged(
        read(view, ({ links }) => links),
        (links) => {
          const troubles = links.flatMap((link) =>
            link.troubles.map((trouble) => `${link.cluster}: ${trouble}`),
          );
          return troubles.length === 0
            ? ok('no link reports one that is not mirrored')
            : failed(named(troubles), {
                remedy: 'See the status of the Link, and the log of its service mirror.',
              });
        },
        () => null,
      ),
    ),
  },
  {
    id: 'l5d-multicluster-orphaned-services',
    category,
    title: 'all mirror services are part of a Link',
    judge: withLinks((view) =>
      judged(
        read(view, ({ links }) => links),
        (links) =>
          judgedEach(
            view,
            'services',
            (services) => {
              const clusters = new Set(links.map(({ cluster }) => cluster));
              const orphans = services.filter(({ meta }) => {
                const from = meta.labels['mirror.linkerd.io/cluster-name'];
                return from !== undefined && !clusters.has(from);
              });
              return orphans.length === 0
                ? ok()
                : warning(named(orphans.map(({ meta }) => `${meta.namespace}/${meta.name}`)), {
                    remedy:
                      'Link their cluster again, or delete those that nobody calls any more: nobody keeps them up to date.',
                    command: commandLines(
                      orphans.map(
                        ({ meta }) => `kubectl -n ${meta.namespace} get service ${meta.name} --show-labels`,
                      ),
                    ),
                  });
            },
            EVERYWHERE,
          ),
        () => null,
      ),
    ),
  },
];
