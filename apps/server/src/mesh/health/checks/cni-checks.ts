// Whether the CNI plugin, where it takes the place of proxy-init, is whole and on every node.

import { named } from '@latchwork/figures/named';
import type { Told } from '../../../sources/told.ts';
import { isPodReady } from '../control-pods.ts';
import { type HealthView, read } from '../health-view.ts';
import { EVERYWHERE, judgedAny } from '../watched.ts';
import { allThere } from './config-checks.ts';
import { type CheckRule, failed, judged, ok, type Verdict } from './verdict.ts';

const NAME = 'linkerd-cni';
const category = 'linkerd-cni-plugin';
/** Its folders differ from one cluster to the next: another install with other values would break the network of new pods. */
const REPAIR = {
  remedy:
    'Install the CNI plugin again with the values that it had (linkerd install-cni, or its chart): pods that start without it get no network through their proxy.',
  command: `kubectl get daemonsets,configmaps,serviceaccounts -A -l k8s-app=${NAME}`,
};

/** Null where the control plane was not installed for it. */
function withCni(judge: (view: HealthView) => Verdict | null): CheckRule['judge'] {
  return (view) => (view.config.state === 'known' && view.config.value.hasCni ? judge(view) : null);
}

function setHas(id: string, kind: string, there: (view: HealthView) => Told<ReadonlySet<string>>): CheckRule {
  return {
    id,
    category,
    title: `cni plugin ${kind} exists`,
    judge: withCni((view) =>
      judged(
        there(view),
        (names) => allThere(names, [NAME], REPAIR),
        () => failed(`there is no ${kind} ${NAME}`, REPAIR),
      ),
    ),
  };
}

export const CNI_CHECKS: readonly CheckRule[] = [
  {
    id: 'cni-plugin-cm-exists',
    category,
    title: 'cni plugin ConfigMap exists',
    judge: withCni((view) =>
      judged(
        read(view, ({ cniConfig }) => cniConfig),
        () => ok('linkerd-cni-config'),
        () => failed('there is no ConfigMap linkerd-cni-config', REPAIR),
      ),
    ),
  },
  setHas('cni-plugin-cr-exists', 'ClusterRole', (view) => read(view, (all) => all.clusterRoles)),
  setHas('cni-plugin-crb-exists', 'ClusterRoleBinding', (view) =>
    read(view, (all) => all.clusterRoleBindings),
  ),
  setHas('cni-plugin-sa-exists', 'ServiceAccount', (view) => read(view, (all) => all.cniAccounts)),
  {
    id: 'cni-plugin-ds-exists',
    category,
    title: 'cni plugin DaemonSet exists',
    judge: withCni((view) =>
      judgedAny(
        view,
        'daemonsets',
        (sets) =>
          sets.some(({ meta }) => meta.name === NAME)
            ? ok(NAME)
            : failed(`there is no DaemonSet ${NAME}`, REPAIR),
        EVERYWHERE,
      ),
    ),
  },
  {
    id: 'cni-plugin-ready',
    category,
    title: 'cni plugin pod is running on all nodes',
    judge: withCni((view) =>
      judgedAny(
        view,
        'pods',
        (pods) =>
          judged(
            read(view, ({ nodes }) => nodes),
            (nodes) => {
              const own = pods.filter(
                (pod) => pod.meta.labels['k8s-app'] === NAME || pod.meta.owner?.name === NAME,
              );
              const served = new Set(own.filter(isPodReady).map(({ node }) => node));
              const without = nodes.filter(({ name }) => !served.has(name)).map(({ name }) => name);
              return without.length === 0
                ? ok(`on ${nodes.length} of ${nodes.length} nodes`)
                : failed(`not on ${named(without)}`, {
                    remedy: 'See why its pod does not run there: taints, the network plugin, its logs.',
                    command: `kubectl get pods -A -l k8s-app=${NAME} -o wide`,
                  });
            },
            () => null,
          ),
        EVERYWHERE,
      ),
    ),
  },
];
