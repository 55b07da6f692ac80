// Whether the control plane says its version, and whether its own proxies fit it. Nobody is asked which version is the latest.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { PodObject } from '../../../sources/kubernetes/watch/objects.ts';
import { ownerOfPod, restartAllCommand } from '../../findings/kubectl.ts';
import { proxyVersion } from '../../inventory/proxy.ts';
import { controlPods, describePods, isOver, isPodReady, proxyTrouble } from '../control-pods.ts';
import { type HealthView, read } from '../health-view.ts';
import { atHome, homeOf } from '../home.ts';
import { trustMatches } from '../trust-roots.ts';
import { EVERYWHERE, judgedEach, watched } from '../watched.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';

const NO_HOME = {
  why: 'no control plane was found',
  remedy: 'install one, or look at the cluster in which it is',
  right: null,
};

/** What linkerd-config says, else what the pods of the control plane are labelled with. */
export function controlPlaneVersion({ config, inventory }: HealthView): string | null {
  return (
    (config.state === 'known' ? config.value.version : null) ??
    (inventory.state === 'known' ? (inventory.value.controlPlane?.version ?? null) : null)
  );
}

function ownPods(view: HealthView, judge: (pods: readonly PodObject[], home: string) => Verdict | null) {
  return judged(
    homeOf(view),
    (home) =>
      judged(
        watched(view, 'pods', [home]),
        (pods) => judge([...controlPods(pods, home).values()].flat(), home),
        () => null,
      ),
    () => unknown(NO_HOME),
  );
}

/** Proxies of some pods, each there and ready. */
export function proxiesHealthy(pods: readonly PodObject[], who: string): Verdict {
  const troubled = pods.filter((pod) => !isOver(pod) && proxyTrouble(pod) !== null);
  return troubled.length === 0
    ? ok(counted(pods.length, 'proxy', 'proxies'))
    : failed(named(troubled.flatMap((pod) => proxyTrouble(pod) ?? [])), {
        remedy: `See why: the events and logs of the container linkerd-proxy of ${who}.`,
        command: describePods(troubled),
      });
}

/** Proxies of some pods, in the version of the control plane. */
export function proxiesMatch(pods: readonly PodObject[], version: string | null): Verdict {
  if (version === null)
    return unknown({
      why: 'the version of the control plane is not known',
      remedy: 'let Latchwork read the ConfigMap linkerd-config',
      right: null,
    });
  const others = pods.filter((pod) => !isOver(pod) && proxyVersion(pod) !== version);
  return others.length === 0
    ? ok(version)
    : warning(
        `${counted(others.length, 'proxy', 'proxies')} not in version ${version}: ${named(
          others.map((pod) => `${pod.meta.namespace}/${pod.meta.name} (${proxyVersion(pod) ?? 'unknown'})`),
        )}`,
        {
          remedy: 'Restart the workloads: new pods get a proxy in the version of the control plane.',
          command: restartAllCommand(others.map(({ meta }) => ownerOfPod(meta))),
        },
      );
}

export const VERSION_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-version-control/known',
    category: 'control-plane-version',
    title: 'can retrieve the control plane version',
    judge: (view) => {
      const version = controlPlaneVersion(view);
      if (version !== null) return ok(version);
      return unknown(
        view.config.state === 'untold'
          ? view.config
          : {
              why: 'neither linkerd-config nor its pods say it',
              remedy: 'see what is installed',
              right: null,
            },
      );
    },
  },
  {
    id: 'l5d-cp-proxy-healthy',
    category: 'linkerd-control-plane-proxy',
    title: 'control plane proxies are healthy',
    judge: (view) => ownPods(view, (pods) => proxiesHealthy(pods, 'the control plane')),
  },
  {
    id: 'l5d-cp-proxy-cli-version',
    category: 'linkerd-control-plane-proxy',
    title: 'control plane proxies and control plane versions match',
    judge: (view) => ownPods(view, (pods) => proxiesMatch(pods, controlPlaneVersion(view))),
  },
  {
    id: 'l5d-control-plane-replicas',
    category: 'linkerd-ha-checks',
    title: 'multiple replicas of control plane pods',
    judge: atHome((view) => {
      if (view.config.state !== 'known' || !view.config.value.isHighlyAvailable) return null;
      return judged(
        watched(view, 'pods', view.home === null ? EVERYWHERE : [view.home]),
        (pods) => {
          const of = controlPods(pods, view.home ?? 'linkerd');
          const single = ['destination', 'identity', 'proxy-injector'].filter(
            (component) => (of.get(component) ?? []).filter(isPodReady).length < 2,
          );
          return single.length === 0
            ? ok('two or more of each')
            : warning(`not enough replicas of ${single.join(', ')}`, {
                remedy: 'It is installed as highly available: see why its second pods do not run.',
                command: `kubectl -n ${view.home ?? 'linkerd'} get pods -o wide`,
              });
        },
        () => null,
      );
    }),
  },
  {
    id: 'l5d-extension-namespaces',
    category: 'linkerd-extension-checks',
    title: 'namespace configuration for extensions',
    judge: (view) =>
      judgedEach(
        view,
        'namespaces',
        (namespaces) => {
          const byName = Map.groupBy(
            namespaces.filter(({ meta }) => meta.labels['linkerd.io/extension']),
            ({ meta }) => meta.labels['linkerd.io/extension'] ?? '',
          );
          const twice = [...byName].filter(([, own]) => own.length > 1);
          return twice.length === 0
            ? ok(byName.size === 0 ? 'no extensions' : named([...byName.keys()]))
            : warning(
                named(
                  twice.map(([name, own]) => `${name} in ${own.map(({ meta }) => meta.name).join(' and ')}`),
                ),
                { remedy: 'Take the label linkerd.io/extension off all but one namespace of an extension.' },
              );
        },
        EVERYWHERE,
      ),
  },
  {
    id: 'l5d-identity-data-plane-proxies-certs-match-ca',
    category: 'linkerd-identity-data-plane',
    title: 'data plane proxies certificate match CA',
    judge: (view) =>
      judged(
        read(view, ({ trustRoots }) => trustRoots),
        (roots) => trustMatches(view, roots),
        () => null,
      ),
  },
];
