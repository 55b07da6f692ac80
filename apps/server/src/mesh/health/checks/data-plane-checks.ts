// The proxies beside the applications: ready, in the version of the control plane, and told what to do where Linkerd looks for it.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { ObjectMeta, PodObject, ServiceObject } from '../../../sources/kubernetes/watch/objects.ts';
import { commandLines, isPlain } from '../../findings/kubectl.ts';
import { isMeshed } from '../../inventory/proxy.ts';
import { DEFAULT_OPAQUE } from '../control-plane-config.ts';
import { describePods, isOver, proxyTrouble } from '../control-pods.ts';
import { type HealthView, isAsked } from '../health-view.ts';
import { opaquePortsMatch } from '../opaque-ports.ts';
import { judgedEach, watched } from '../watched.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';
import { controlPlaneVersion, proxiesMatch } from './version-checks.ts';

const category = 'linkerd-data-plane';

/** Meshed pods that are asked about; without those of Linkerd's own control plane, which have checks of their own. */
export function dataPlane(view: HealthView, pods: readonly PodObject[]): PodObject[] {
  return pods.filter(
    (pod) =>
      isMeshed(pod, view.home) &&
      pod.meta.namespace !== view.home &&
      isAsked(view, pod.meta.namespace) &&
      !isOver(pod),
  );
}

function ofPods(judge: (pods: readonly PodObject[], view: HealthView) => Verdict | null): CheckRule['judge'] {
  return (view) => judgedEach(view, 'pods', (pods) => judge(dataPlane(view, pods), view));
}

function ofServices(judge: (services: readonly ServiceObject[]) => Verdict): CheckRule['judge'] {
  return (view) =>
    judgedEach(view, 'services', (services) =>
      judge(services.filter(({ meta }) => isAsked(view, meta.namespace))),
    );
}

const EXPORTED = 'mirror.linkerd.io/exported';
const IS_ANNOTATION = /^(config\.(alpha\.)?linkerd\.io\/|linkerd\.io\/inject$)/;
/** A label by right: Linkerd's own injector reads it so. */
const IS_LABEL_BY_RIGHT = 'config.linkerd.io/admission-webhooks';

function mislabelled(objects: readonly { readonly meta: ObjectMeta }[], kind: string): Verdict {
  const bad = objects.flatMap(({ meta }) => {
    const label = Object.keys(meta.labels).find(
      (name) => IS_ANNOTATION.test(name) && name !== IS_LABEL_BY_RIGHT,
    );
    return label ? [{ name: `${meta.namespace}/${meta.name}`, label }] : [];
  });
  return bad.length === 0
    ? ok(counted(objects.length, kind))
    : warning(named(bad.map(({ name, label }) => `${name}: ${label}`)), {
        remedy: 'Make annotations of them: as labels nobody reads them.',
      });
}

export const DATA_PLANE_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-data-plane-exists',
    category,
    title: 'data plane namespace exists',
    judge: (view) =>
      judged(
        watched(view, 'namespaces'),
        (namespaces) => {
          const there = new Set(namespaces.map(({ meta }) => meta.name));
          const missing = [...view.namespaces].filter((name) => !there.has(name));
          return missing.length === 0
            ? ok(view.namespaces.size === 0 ? 'all namespaces' : named([...view.namespaces]))
            : failed(`there is no namespace ${named(missing)}`, { remedy: 'Name one that is there.' });
        },
        () => null,
      ),
  },
  {
    id: 'l5d-data-plane-ready',
    category,
    title: 'data plane proxies are ready',
    judge: ofPods((pods, view) => {
      const whole = watched(view, 'pods');
      if (pods.length === 0 && whole.state === 'untold') return unknown(whole);
      if (pods.length === 0)
        return failed('no pod is meshed', {
          remedy: 'Bring a workload into the mesh: annotate its namespace, and restart it.',
          command: `kubectl annotate namespace ${[...view.namespaces][0] ?? 'NAMESPACE'} linkerd.io/inject=enabled`,
        });
      const troubled = pods.filter((pod) => proxyTrouble(pod) !== null);
      return troubled.length === 0
        ? ok(counted(pods.length, 'proxy', 'proxies'))
        : failed(named(troubled.flatMap((pod) => proxyTrouble(pod) ?? [])), {
            remedy: 'See why they are not ready: the events of the pods, and the log of linkerd-proxy.',
            command: describePods(troubled),
            pods: troubled.map(({ meta }) => `${meta.namespace}/${meta.name}`).slice(0, 100),
          });
    }),
  },
  {
    id: 'l5d-data-plane-cli-version',
    category,
    title: 'data plane and control plane versions match',
    judge: ofPods((pods, view) => proxiesMatch(pods, controlPlaneVersion(view))),
  },
  {
    id: 'l5d-data-plane-pod-labels',
    category,
    title: 'data plane pod labels are configured correctly',
    judge: ofPods((pods) => mislabelled(pods, 'pod')),
  },
  {
    id: 'l5d-data-plane-services-labels',
    category,
    title: 'data plane service labels are configured correctly',
    judge: ofServices((services) => mislabelled(services, 'service')),
  },
  {
    id: 'l5d-data-plane-services-annotations',
    category,
    title: 'data plane service annotations are configured correctly',
    judge: ofServices((services) => {
      const bad = services.filter(({ meta }) => meta.annotations[EXPORTED] !== undefined);
      return bad.length === 0
        ? ok(counted(services.length, 'service'))
        : warning(
            `${EXPORTED} is an annotation of ${named(
              bad.map(({ meta }) => `${meta.namespace}/${meta.name}`),
            )}`,
            {
              remedy: 'Make a label of it: as an annotation nobody reads it.',
              command: commandLines(
                bad.flatMap(({ meta: { namespace, name, annotations } }) => {
                  const value = annotations[EXPORTED] ?? '';
                  // A label holds less than an annotation may.
                  return isPlain(value) && value.length <= 63
                    ? [`kubectl -n ${namespace} label service ${name} ${EXPORTED}=${value}`]
                    : [];
                }),
              ),
            },
          );
    }),
  },
  {
    id: 'linkerd-opaque-ports-definition',
    category,
    title: 'opaque ports are properly annotated',
    judge: (view) =>
      judgedEach(view, 'services', (services) =>
        judgedEach(view, 'pods', (pods) =>
          opaquePortsMatch(
            services.filter(({ meta }) => isAsked(view, meta.namespace)),
            dataPlane(view, pods),
            view.config.state === 'known' ? view.config.value.opaquePorts : DEFAULT_OPAQUE,
          ),
        ),
      ),
  },
];
