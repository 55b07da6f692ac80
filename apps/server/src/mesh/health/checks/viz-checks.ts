// Linkerd's viz extension, where it is installed: tap, the metrics API and the Prometheus that it brings.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { PodObject } from '../../../sources/kubernetes/watch/objects.ts';
import { ownerOfPod, restartAllCommand } from '../../findings/kubectl.ts';
import { isMeshed, isRunning } from '../../inventory/proxy.ts';
import { isOver, isPodReady } from '../control-pods.ts';
import { type HealthView, read } from '../health-view.ts';
import { scrapesAllowed } from '../scrape-policy.ts';
import { judgedEach, watched } from '../watched.ts';
import { allThere } from './config-checks.ts';
import { dataPlane } from './data-plane-checks.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';
import { controlPlaneVersion, proxiesHealthy, proxiesMatch } from './version-checks.ts';
import { judgeBundle } from './webhook-checks.ts';

const category = 'linkerd-viz';
const EXTENSION = 'linkerd.io/extension';
/** Without them it would forget which Prometheus it asks, for one. */
const SAME_VALUES = 'with the values that it had (linkerd viz install, or its chart)';
const REPAIR = {
  remedy: `Install the viz extension again ${SAME_VALUES}: it puts back what is missing.`,
  command: `kubectl get namespaces,clusterroles,clusterrolebindings,apiservices -l ${EXTENSION}=viz`,
};
const RENEW = {
  remedy: `Renew the certificate of tap: install the viz extension again ${SAME_VALUES}, or see who fills its Secret, then restart its Deployment tap. Without a valid one the API server calls it in vain.`,
  command:
    "kubectl get apiservice v1alpha1.tap.linkerd.io -o jsonpath='{.spec.caBundle}' | base64 -d | openssl x509 -noout -subject -dates",
};

function withViz(judge: (view: HealthView, viz: string) => Verdict | null): CheckRule['judge'] {
  return (view) => (view.viz === null ? null : judge(view, view.viz));
}

function vizPods(
  judge: (pods: readonly PodObject[], view: HealthView, viz: string) => Verdict,
): CheckRule['judge'] {
  return withViz((view, viz) =>
    judged(
      watched(view, 'pods', [viz]),
      (pods) =>
        judge(
          pods.filter(({ meta }) => meta.namespace === viz),
          view,
          viz,
        ),
      () => null,
    ),
  );
}

const COMPONENTS = ['metrics-api', 'tap', 'tap-injector', 'web'];

export const VIZ_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-viz-ns-exists',
    category,
    title: 'linkerd-viz Namespace exists',
    judge: withViz((view, viz) =>
      judged(
        watched(view, 'namespaces', [viz]),
        (namespaces) => {
          const labels = namespaces.find(({ meta }) => meta.name === viz)?.meta.labels;
          if (labels === undefined) return failed(`there is no namespace ${viz}`, REPAIR);
          return labels[EXTENSION] === 'viz'
            ? ok(viz)
            : failed(`namespace ${viz} has no label ${EXTENSION}=viz, by which linkerd viz looks for it`, {
                remedy: 'Label the namespace of the viz extension.',
                command: `kubectl label namespace ${viz} ${EXTENSION}=viz`,
              });
        },
        () => null,
      ),
    ),
  },
  {
    id: 'l5d-viz-cr-exists',
    category,
    title: 'linkerd-viz ClusterRoles exist',
    judge: withViz((view, viz) =>
      judged(
        read(view, ({ clusterRoles }) => clusterRoles),
        (roles) =>
          allThere(
            roles,
            [
              `linkerd-${viz}-tap`,
              `linkerd-${viz}-metrics-api`,
              `linkerd-${viz}-tap-admin`,
              'linkerd-tap-injector',
            ],
            REPAIR,
          ),
        () => failed('the cluster has none', REPAIR),
      ),
    ),
  },
  {
    id: 'l5d-viz-crb-exists',
    category,
    title: 'linkerd-viz ClusterRoleBindings exist',
    judge: withViz((view, viz) =>
      judged(
        read(view, ({ clusterRoleBindings }) => clusterRoleBindings),
        (bindings) =>
          allThere(
            bindings,
            [
              `linkerd-${viz}-tap`,
              `linkerd-${viz}-metrics-api`,
              `linkerd-${viz}-tap-auth-delegator`,
              'linkerd-tap-injector',
            ],
            REPAIR,
          ),
        () => failed('the cluster has none', REPAIR),
      ),
    ),
  },
  ...[false, true].map(
    (isSoonAsked): CheckRule => ({
      id: isSoonAsked ? 'l5d-tap-cert-not-expiring-soon' : 'l5d-tap-cert-valid',
      category,
      title: isSoonAsked
        ? 'tap API server cert is valid for at least 60 days'
        : 'tap API server has valid cert',
      judge: withViz((view) =>
        judged(
          read(view, ({ tapService }) => tapService),
          ({ caBundle }) => judgeBundle(caBundle, { view, subject: 'tap', isSoonAsked, renew: RENEW }),
          () => failed('there is no APIService v1alpha1.tap.linkerd.io', REPAIR),
        ),
      ),
    }),
  ),
  {
    id: 'l5d-tap-api',
    category,
    title: 'tap API service is running',
    judge: withViz((view) =>
      judged(
        read(view, ({ tapService }) => tapService),
        ({ available, message, service }) =>
          available === null
            ? unknown({ why: 'its APIService says nothing yet', remedy: 'ask again later', right: null })
            : available
              ? ok(`${service} answers for v1alpha1.tap.linkerd.io`)
              : warning(message || 'it is not available', {
                  remedy:
                    'See whether the tap pod runs and the API server reaches its port 8089; while it is away, namespaces cannot be deleted.',
                  command: 'kubectl get apiservice v1alpha1.tap.linkerd.io -o yaml',
                }),
        () => failed('there is no APIService v1alpha1.tap.linkerd.io', REPAIR),
      ),
    ),
  },
  {
    id: 'l5d-viz-pods-injection',
    category,
    title: 'linkerd-viz pods are injected',
    judge: vizPods((pods, view) => {
      const bare = pods.filter((pod) => isRunning(pod) && !isOver(pod) && !isMeshed(pod, view.home));
      return bare.length === 0
        ? ok(counted(pods.length, 'pod'))
        : warning(named(bare.map(({ meta }) => meta.name)), {
            remedy:
              'Restart them while the proxy injector runs: without a proxy, policy turns their calls away.',
            command: restartAllCommand(bare.map(({ meta }) => ownerOfPod(meta))),
          });
    }),
  },
  {
    id: 'l5d-viz-pods-running',
    category,
    title: 'viz extension pods are running',
    judge: vizPods((pods, _view, viz) => {
      const bad = pods.filter((pod) => !isOver(pod) && !isPodReady(pod));
      const there = new Set(pods.map(({ meta }) => meta.labels['component'] ?? ''));
      const missing = COMPONENTS.filter((component) => !there.has(component));
      if (bad.length === 0 && missing.length === 0) return ok(counted(pods.length, 'pod'));
      const words = [
        ...(missing.length > 0 ? [`no pods of ${missing.join(', ')}`] : []),
        ...(bad.length > 0 ? [`not ready: ${named(bad.map(({ meta }) => meta.name))}`] : []),
      ].join('; ');
      return warning(words, {
        remedy: 'See why they do not run; parts that were left out on purpose can stay out.',
        command: `kubectl -n ${viz} get pods`,
      });
    }),
  },
  {
    id: 'l5d-viz-proxy-healthy',
    category,
    title: 'viz extension proxies are healthy',
    judge: vizPods((pods, view) =>
      proxiesHealthy(
        pods.filter((pod) => isMeshed(pod, view.home)),
        'viz',
      ),
    ),
  },
  {
    id: 'l5d-viz-proxy-cli-version',
    category,
    title: 'viz extension proxies and control plane versions match',
    judge: vizPods((pods, view) =>
      proxiesMatch(
        pods.filter((pod) => isMeshed(pod, view.home)),
        controlPlaneVersion(view),
      ),
    ),
  },
  {
    id: 'l5d-viz-prometheus',
    category,
    title: 'prometheus is installed and configured correctly',
    judge: withViz((view, viz) =>
      judged(
        read(view, ({ vizPrometheus }) => vizPrometheus),
        () =>
          judged(
            read(view, ({ clusterRoles }) => clusterRoles),
            (roles) => allThere(roles, [`linkerd-${viz}-prometheus`], REPAIR),
            () => failed('the cluster has no ClusterRoles', REPAIR),
          ),
        // Whoever brings their own has none.
        () => null,
      ),
    ),
  },
  {
    id: 'l5d-viz-data-plane-prom-authz',
    category: 'linkerd-viz-data-plane',
    title: 'prometheus is authorized to scrape data plane pods',
    judge: (view) => judgedEach(view, 'pods', (pods) => scrapesAllowed(view, dataPlane(view, pods))),
  },
];
