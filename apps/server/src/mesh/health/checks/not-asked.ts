// The checks of Linkerd's own command line that are not made here, and why: they need a Secret, the internet, or the command line itself.

import type { NotAsked } from '@latchwork/shared/health/check';
import type { HealthView } from '../health-view.ts';
import { EVERYWHERE, watched } from '../watched.ts';
import { CHECK_RULES } from './check-rules.ts';

const INTERNET = 'It asks versioncheck.linkerd.io: Latchwork asks nobody outside of the cluster.';
const SECRET = 'It reads a Secret: Latchwork reads none.';
const CLI =
  "It compares with the version of Linkerd's command line: Latchwork compares with the control plane.";
const OWN_CLIENT = 'It asks the metrics API of viz: Latchwork asks Kubernetes and Prometheus themselves.';

const NEVER: readonly NotAsked[] = [
  never('l5d-identity-cert-config-valid', 'linkerd-identity', 'certificate config is valid', SECRET),
  never('l5d-version-latest', 'linkerd-version', 'can determine the latest version', INTERNET),
  never('l5d-version-cli', 'linkerd-version', 'cli is up-to-date', INTERNET),
  never('l5d-version-control/latest', 'control-plane-version', 'control plane is up-to-date', INTERNET),
  never('l5d-version-control/cli', 'control-plane-version', 'control plane and cli versions match', CLI),
  never(
    'l5d-cp-proxy-version',
    'linkerd-control-plane-proxy',
    'control plane proxies are up-to-date',
    INTERNET,
  ),
  never('l5d-data-plane-version', 'linkerd-data-plane', 'data plane is up-to-date', INTERNET),
  never('l5d-viz-existence-client', 'linkerd-viz', 'can initialize the client', OWN_CLIENT),
  never('l5d-viz-proxy-cp-version', 'linkerd-viz', 'viz extension proxies are up-to-date', INTERNET),
  never('l5d-viz-metrics-api', 'linkerd-viz', 'viz extension self-check', OWN_CLIENT),
  never(
    'l5d-smc-target-clusters-access',
    'linkerd-multicluster',
    'remote cluster access credentials are valid',
    SECRET,
  ),
  never(
    'l5d-multicluster-clusters-share-anchors',
    'linkerd-multicluster',
    'clusters share trust anchors',
    SECRET,
  ),
];

function never(id: string, category: string, title: string, why: string): NotAsked {
  return { id, category, title, why };
}

/** With those that have no meaning in this cluster, such as checks of a plugin that is not used. */
export function toNotAsked(view: HealthView, asked: ReadonlySet<string>): NotAsked[] {
  const needless = CHECK_RULES.filter(({ id }) => !asked.has(id)).map(({ id, category, title }) => ({
    id,
    category,
    title,
    why: whyNeedless(category, view),
  }));
  return [...NEVER, ...needless];
}

function whyNeedless(category: string, view: HealthView): string {
  const { viz, config } = view;
  if (category === 'linkerd-cni-plugin')
    return config.state === 'known'
      ? 'The control plane is not installed for the CNI plugin.'
      : 'Whether the control plane is installed for the CNI plugin is not known: linkerd-config was not read.';
  if (category === 'linkerd-ha-checks')
    return config.state === 'known'
      ? 'The control plane is not installed as highly available.'
      : 'Whether the control plane is installed as highly available is not known: linkerd-config was not read.';
  if (category === 'linkerd-multicluster') return 'The cluster has no links to others.';
  if (category.startsWith('linkerd-viz') && viz === null) return whyNoViz(view);
  return 'It has no meaning in this cluster.';
}

/** It is found by its namespace or its pods: it is missed where one of them is seen everywhere. */
function whyNoViz(view: HealthView): string {
  const isSeen = (['namespaces', 'pods'] as const).some(
    (kind) => watched(view, kind, EVERYWHERE).state === 'known',
  );
  return isSeen
    ? 'The viz extension is not installed.'
    : 'Whether the viz extension is installed is not known: not all namespaces can be seen.';
}
