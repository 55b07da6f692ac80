// Whether the cluster can be asked, is new enough, and serves the kinds that Linkerd needs.

import { named } from '@latchwork/figures/named';
import { type HealthView, read } from '../health-view.ts';
import { isSince, type Release } from '../version-words.ts';
import { upgrade } from './installation.ts';
import { type Advice, type CheckRule, failed, judged, ok, unknown, type Verdict } from './verdict.ts';
import { controlPlaneVersion } from './version-checks.ts';

/** The minor version of Kubernetes that Linkerd needs: of the one that this was written for, and of those before it. */
const NEWEST: Release = { stable: [2, 20], edge: [26, 1] };
const LEAST_MINOR = 31;
const LEAST_MINOR_BEFORE = 23;
/** From here on Linkerd leaves the kinds of the Gateway API to the cluster. */
const NEEDS_GATEWAY_API: Release = { stable: [2, 18], edge: [25, 4] };
const BY_ALL: Release = { stable: [2, 11], edge: [21, 9] };
const OF_2_12: Release = { stable: [2, 12], edge: [22, 8] };
const OF_2_15: Release = { stable: [2, 15], edge: [24, 2] };
const OF_2_17: Release = { stable: [2, 17], edge: [24, 11] };
const GATEWAY = 'gateway.networking.k8s.io';
const CONTROL_PLANE_KINDS: readonly (readonly [kind: string, since: Release])[] = [
  ['serviceprofiles.linkerd.io', BY_ALL],
  ['servers.policy.linkerd.io', BY_ALL],
  ['serverauthorizations.policy.linkerd.io', BY_ALL],
  ['authorizationpolicies.policy.linkerd.io', OF_2_12],
  ['httproutes.policy.linkerd.io', OF_2_12],
  ['meshtlsauthentications.policy.linkerd.io', OF_2_12],
  ['networkauthentications.policy.linkerd.io', OF_2_12],
  ['httplocalratelimitpolicies.policy.linkerd.io', OF_2_17],
  ['egressnetworks.policy.linkerd.io', OF_2_17],
  ['externalworkloads.workload.linkerd.io', OF_2_15],
];

function installCrds(view: HealthView): Advice {
  const remedy = "Install Linkerd's CRDs in the version of the control plane.";
  return view.home === null
    ? { remedy, command: 'linkerd install --crds | kubectl apply -f -' }
    : upgrade(view, remedy, { flags: '--crds' });
}

function crdsExist(view: HealthView): Verdict | null {
  const version = controlPlaneVersion(view);
  // A version that cannot be compared is taken for a new one.
  const wanted = CONTROL_PLANE_KINDS.flatMap(([kind, since]) =>
    isSince(version, since) === false ? [] : [kind],
  );
  return judged(
    read(view, ({ kinds }) => kinds),
    (kinds) => {
      const missing = wanted.filter((kind) => !kinds.has(kind));
      return missing.length === 0
        ? ok(`${wanted.length} kinds are served`)
        : failed(`the API server does not serve ${named(missing)}`, installCrds(view));
    },
    () => failed('the API server serves no kinds at all', installCrds(view)),
  );
}

export const KUBERNETES_CHECKS: readonly CheckRule[] = [
  {
    id: 'k8s-api/client',
    category: 'kubernetes-api',
    title: 'can initialize the client',
    judge: ({ objects }) => (objects.state === 'untold' ? unknown(objects) : ok('its credentials are read')),
  },
  {
    id: 'k8s-api/query',
    category: 'kubernetes-api',
    title: 'can query the Kubernetes API',
    judge: (view) => {
      const version = read(view, (objects) => objects.version);
      if (version.state === 'known') return ok(`it answers, version ${version.value}`);
      if (view.objects.state !== 'known') return version.state === 'untold' ? unknown(version) : null;
      const { why, remedy } =
        version.state === 'untold' ? version : { why: 'it has no /version', remedy: 'check its URL' };
      return failed(why, { remedy });
    },
  },
  {
    id: 'k8s-version',
    category: 'kubernetes-version',
    title: 'is running the minimum Kubernetes API version',
    judge: (view) =>
      judged(
        read(view, (objects) => objects.version),
        (version) => {
          const isNewest = isSince(controlPlaneVersion(view), NEWEST);
          const least = isNewest === false ? LEAST_MINOR_BEFORE : LEAST_MINOR;
          const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
          if (!major || !minor)
            return unknown({
              why: `"${version}" is no version that can be compared`,
              remedy: `see that it is 1.${least} or newer`,
              right: null,
            });
          if (Number(major) > 1 || Number(minor) >= least) return ok(version);
          if (isNewest === null && Number(minor) >= LEAST_MINOR_BEFORE)
            return unknown({
              why: `${version} is enough for some versions of Linkerd, and which one runs is not known`,
              remedy: 'let Latchwork read the ConfigMap linkerd-config',
              right: null,
            });
          return failed(`${version}; at least 1.${least}.0 is needed`, {
            remedy: 'Upgrade the cluster before the next upgrade of Linkerd.',
          });
        },
        () => unknown({ why: 'it has no /version', remedy: 'check the URL in the kubeconfig', right: null }),
      ),
  },
  {
    id: 'gateway-api-crd',
    category: 'gateway-api-crd',
    title: 'Gateway API CRDs are installed',
    judge: (view) => {
      // An older one brings what it needs of them.
      if (isSince(controlPlaneVersion(view), NEEDS_GATEWAY_API) === false) return null;
      return judged(
        read(view, ({ kinds }) => kinds),
        (kinds) => {
          const wanted = [`httproutes.${GATEWAY}`, `grpcroutes.${GATEWAY}`];
          const missing = wanted.filter((kind) => !kinds.get(kind)?.includes('v1'));
          return missing.length === 0
            ? ok('httproutes and grpcroutes are served as v1')
            : failed(`${named(missing)} ${missing.length === 1 ? 'is' : 'are'} not served as v1`, {
                remedy: 'Install the Gateway API CRDs, standard channel, 1.1.1 or newer.',
              });
        },
        () => null,
      );
    },
  },
  {
    id: 'l5d-existence-crd',
    category: 'linkerd-crd',
    title: 'control plane CustomResourceDefinitions exist',
    judge: crdsExist,
  },
  {
    id: 'l5d-existence-crd/config',
    category: 'linkerd-config',
    title: 'control plane CustomResourceDefinitions exist',
    judge: crdsExist,
  },
];
