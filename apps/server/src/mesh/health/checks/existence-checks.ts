// Whether the control plane is there and runs: its configuration, its replica sets, its pods.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { PodObject } from '../../../sources/kubernetes/watch/objects.ts';
import { COMPONENTS, controlPods, isPodReady } from '../control-pods.ts';
import { read } from '../health-view.ts';
import { atHome, homeOf } from '../home.ts';
import { watched } from '../watched.ts';
import { INSTALL, repairOrInstall } from './installation.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';

const NO_HOME = { why: 'no control plane was found', remedy: INSTALL.remedy, right: null };
const category = 'linkerd-existence';

export const EXISTENCE_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-existence-linkerd-config',
    category,
    title: "'linkerd-config' config map exists",
    judge: atHome((view) =>
      judged(
        read(view, ({ config }) => config),
        () =>
          view.config.state === 'untold'
            ? unknown(view.config)
            : ok(`in namespace ${view.home ?? 'linkerd'}`),
        () =>
          failed(
            `namespace ${view.home ?? 'linkerd'} has no ConfigMap linkerd-config`,
            repairOrInstall(view),
          ),
      ),
    ),
  },
  {
    id: 'l5d-existence-sa',
    category,
    title: 'heartbeat ServiceAccount exist',
    judge: atHome((view) => {
      if (view.config.state === 'known' && !view.config.value.hasHeartbeat)
        return ok('not needed: the heartbeat is switched off');
      return judged(
        read(view, ({ serviceAccounts }) => serviceAccounts),
        (accounts) =>
          accounts.has('linkerd-heartbeat')
            ? ok('linkerd-heartbeat')
            : failed('there is no ServiceAccount linkerd-heartbeat', {
                remedy: 'Install the control plane again, or switch the heartbeat off (disableHeartBeat).',
              }),
        () => failed('there is no ServiceAccount linkerd-heartbeat', repairOrInstall(view)),
      );
    }),
  },
  {
    id: 'l5d-existence-replicasets',
    category,
    title: 'control plane replica sets are ready',
    judge: atHome((view) =>
      judged(
        read(view, ({ replicaSets }) => replicaSets),
        (sets) => {
          const bad = sets.filter(({ failure }) => failure !== null);
          return bad.length === 0
            ? ok(counted(sets.length, 'replica set'))
            : failed(named(bad.map(({ name, failure }) => `${name}: ${failure}`)), {
                remedy: 'See why its pods cannot be made: quota, security policy, webhooks.',
                command: `kubectl -n ${view.home ?? 'linkerd'} describe rs ${bad[0]?.name ?? ''}`,
              });
        },
        () => failed('there are none', repairOrInstall(view)),
      ),
    ),
  },
  {
    id: 'l5d-existence-unschedulable-pods',
    category,
    title: 'no unschedulable pods',
    judge: atHome((view) =>
      judged(
        read(view, ({ scheduled }) => scheduled),
        (pods) => {
          const stuck = pods.filter(({ unschedulable }) => unschedulable !== null);
          return stuck.length === 0
            ? ok(counted(pods.length, 'pod has a node', 'pods have nodes'))
            : warning(named(stuck.map(({ name, unschedulable }) => `${name}: ${unschedulable}`)), {
                remedy: 'Make room on the nodes, or add one.',
                command: `kubectl -n ${view.home ?? 'linkerd'} get pods --field-selector status.phase=Pending`,
              });
        },
        () => failed('the namespace is not there', repairOrInstall(view)),
      ),
    ),
  },
  {
    id: 'l5d-api-control-ready',
    category,
    title: 'control plane pods are ready',
    judge: (view) =>
      judged(
        homeOf(view),
        (home) =>
          judged(
            watched(view, 'pods', [home]),
            (pods) => componentsReady(pods, home),
            () => null,
          ),
        () => unknown(NO_HOME),
      ),
  },
];

function componentsReady(pods: readonly PodObject[], home: string): Verdict {
  const of = controlPods(pods, home);
  const counts = COMPONENTS.map((component) => {
    const own = of.get(component) ?? [];
    return { component, ready: own.filter(isPodReady).length, pods: own.length };
  });
  const words = counts.map(({ component, ready, pods }) => `${component}: ${ready} of ${pods}`).join(', ');
  const bad = counts.filter(({ ready }) => ready === 0);
  return bad.length === 0
    ? ok(`${words} ready`)
    : failed(`${words} ready`, {
        remedy: `See why no pod of ${bad.map(({ component }) => component).join(', ')} is ready: its events, then its logs.`,
        command: `kubectl -n ${home} get pods; kubectl -n ${home} get events --sort-by=.lastTimestamp`,
      });
}
