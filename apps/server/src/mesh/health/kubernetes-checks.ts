// Whether the cluster can be asked, is new enough, and serves the kinds that Linkerd needs.

import { named } from '@latchwork/figures/named';
import { type HealthView, read } from './health-view.ts';
import { upgrade } from './installation.ts';
import { type Advice, type CheckRule, failed, judged, ok, unknown } from './verdict.ts';

/** Of the Linkerd that this was written for; an older one is content with less. */
const LEAST_MINOR = 31;
const GATEWAY = 'gateway.networking.k8s.io';
const CONTROL_PLANE_KINDS = [
  'serviceprofiles.linkerd.io',
  'servers.policy.linkerd.io',
  'serverauthorizations.policy.linkerd.io',
  'authorizationpolicies.policy.linkerd.io',
  'httproutes.policy.linkerd.io',
  'meshtlsauthentications.policy.linkerd.io',
  'networkauthentications.policy.linkerd.io',
  'httplocalratelimitpolicies.policy.linkerd.io',
  'egressnetworks.policy.linkerd.io',
  'externalworkloads.workload.linkerd.io',
];

function installCrds(view: HealthView): Advice {
  const remedy = "Install Linkerd's CRDs in the version of the control plane.";
  return view.home === null
    ? { remedy, command: 'linkerd install --crds | kubectl apply -f -' }
    : upgrade(view, remedy, { flags: '--crds' });
}

function kindsExist({ kinds: wanted, what }: { kinds: readonly string[]; what: string }): CheckRule['judge'] {
  return (view) =>
    judged(
      read(view, ({ kinds }) => kinds),
      (kinds) => {
        const missing = wanted.filter((kind) => !kinds.has(kind));
        return missing.length === 0
          ? ok(`${wanted.length} kinds are served`)
          : failed(`${what} does not serve ${named(missing)}`, installCrds(view));
      },
      () => failed(`${what} serves no kinds at all`, installCrds(view)),
    );
}

const crdsExist = kindsExist({ kinds: CONTROL_PLANE_KINDS, what: 'the API server' });

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
          const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
          if (!major || !minor)
            return unknown({
              why: `"${version}" is no version that can be compared`,
              remedy: `see that it is 1.${LEAST_MINOR} or newer`,
              right: null,
            });
          return Number(major) > 1 || Number(minor) >= LEAST_MINOR
            ? ok(version)
            : failed(`${version}; at least 1.${LEAST_MINOR}.0 is needed`, {
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
    judge: (view) =>
      judged(
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
      ),
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
