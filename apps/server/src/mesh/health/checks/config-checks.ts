// Whether the objects that the control plane was installed with are there.

import { named } from '@latchwork/figures/named';
import type { Told } from '../../../sources/told.ts';
import { type HealthView, read } from '../health-view.ts';
import { atHome } from '../home.ts';
import { EVERYWHERE, watched } from '../watched.ts';
import { INSTALL, repair } from './installation.ts';
import { type Advice, type CheckRule, failed, judged, ok, unknown, type Verdict } from './verdict.ts';

const category = 'linkerd-config';

/** Linkerd names its cluster-wide objects after the namespace of the control plane. */
function clusterWide(view: HealthView): string[] {
  const home = view.home ?? 'linkerd';
  return [`linkerd-${home}-identity`, `linkerd-${home}-proxy-injector`];
}

function accounts(view: HealthView): string[] {
  const hasHeartbeat = view.config.state !== 'known' || view.config.value.hasHeartbeat;
  return [
    'linkerd-destination',
    'linkerd-identity',
    'linkerd-proxy-injector',
    ...(hasHeartbeat ? ['linkerd-heartbeat'] : []),
  ];
}

export function allThere(there: ReadonlySet<string>, wanted: readonly string[], advice: Advice): Verdict {
  const missing = wanted.filter((name) => !there.has(name));
  return missing.length === 0 ? ok(named(wanted)) : failed(`missing: ${named(missing)}`, advice);
}

function exist(
  id: string,
  title: string,
  there: (view: HealthView) => Told<ReadonlySet<string>>,
  wanted: (view: HealthView) => readonly string[],
): CheckRule {
  return {
    id,
    category,
    title: `control plane ${title} exist`,
    judge: atHome((view) =>
      judged(
        there(view),
        (names) => allThere(names, wanted(view), repair(view)),
        () => failed('the cluster has none', repair(view)),
      ),
    ),
  };
}

function configurations(
  view: HealthView,
  pick: 'mutatingWebhooks' | 'validatingWebhooks',
): Told<ReadonlySet<string>> {
  const told = read(view, (objects) => objects[pick]);
  return told.state === 'known'
    ? { state: 'known', value: new Set(told.value.map(({ configuration }) => configuration)) }
    : told;
}

export const CONFIG_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-existence-ns',
    category,
    title: 'control plane Namespace exists',
    judge: atHome((view) =>
      judged(
        watched(view, 'namespaces', view.home === null ? EVERYWHERE : [view.home]),
        (namespaces) => {
          const home = view.home ?? 'linkerd';
          return namespaces.some(({ meta }) => meta.name === home)
            ? ok(home)
            : failed('no namespace has a control plane in it', INSTALL);
        },
        () => null,
      ),
    ),
  },
  exist('l5d-existence-cr', 'ClusterRoles', (view) => read(view, (all) => all.clusterRoles), clusterWide),
  exist(
    'l5d-existence-crb',
    'ClusterRoleBindings',
    (view) => read(view, (all) => all.clusterRoleBindings),
    clusterWide,
  ),
  exist(
    'l5d-existence-sa/config',
    'ServiceAccounts',
    (view) => read(view, (all) => all.serviceAccounts),
    accounts,
  ),
  exist(
    'l5d-existence-mwc',
    'MutatingWebhookConfigurations',
    (view) => configurations(view, 'mutatingWebhooks'),
    () => ['linkerd-proxy-injector-webhook-config'],
  ),
  exist(
    'l5d-existence-vwc',
    'ValidatingWebhookConfigurations',
    (view) => configurations(view, 'validatingWebhooks'),
    () => ['linkerd-sp-validator-webhook-config', 'linkerd-policy-validator-webhook-config'],
  ),
  {
    id: 'l5d-proxy-init-run-as-root',
    category,
    title: 'proxy-init container runs as root user if docker container runtime is used',
    judge: (view) =>
      judged(
        read(view, ({ nodes }) => nodes),
        (nodes) => {
          const docker = nodes.filter(({ runtime }) => runtime.startsWith('docker:'));
          if (docker.length === 0) return ok('no node uses docker');
          if (view.config.state !== 'known')
            return unknown({
              why: `${docker.length} nodes use docker, and linkerd-config does not say as whom proxy-init runs`,
              remedy: 'let Latchwork read the ConfigMap linkerd-config',
              right: view.config.state === 'untold' ? view.config.right : null,
            });
          return view.config.value.initRunsAsRoot || view.config.value.hasCni
            ? ok(`${docker.length} nodes use docker, and proxy-init runs as root there`)
            : failed(
                `${named(docker.map(({ name }) => name))}: docker, and proxy-init does not run as root`,
                {
                  remedy:
                    'Set proxyInit.runAsRoot to true in the values of the control plane, and upgrade it.',
                },
              );
        },
        () => null,
      ),
  },
];
