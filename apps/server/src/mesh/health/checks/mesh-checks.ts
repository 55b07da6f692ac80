// What linkerd check does not ask: how the mesh does, from what its proxies count and what Kubernetes says of its pods.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { InventoryPod, InventoryWorkload } from '@latchwork/shared/inventory';
import type { Finding } from '@latchwork/shared/problems/finding';
import { restartAllCommand } from '../../findings/kubectl.ts';
import { isThere } from '../../inventory/pod-status.ts';
import { detectTimeouts } from '../detect-timeouts.ts';
import { type HealthView, isAsked } from '../health-view.ts';
import { policyMatches } from '../policy-matches.ts';
import { judgedEach } from '../watched.ts';
import { PROBLEM_CHECKS } from './problem-checks.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';

const category = 'mesh';
const WANTED: readonly string[] = ['started-before', 'started-before-or-missed', 'injector-missed'];
const NEEDS_RESTART: readonly string[] = ['started-before', 'started-before-or-missed'];

interface Found {
  readonly workload: InventoryWorkload;
  readonly pod: InventoryPod;
}

/** Judges the pods of the inventory that are asked about. */
function ofPods(judge: (pods: readonly Found[], view: HealthView) => Verdict): CheckRule['judge'] {
  return (view) =>
    judged(
      view.inventory,
      ({ workloads }) =>
        judgedEach(view, 'pods', () =>
          judge(
            workloads
              .filter(({ namespace }) => isAsked(view, namespace))
              .flatMap((workload) => workload.pods.filter(isThere).map((pod) => ({ workload, pod }))),
            view,
          ),
        ),
      () => null,
    );
}

function names(found: readonly Found[]): string {
  return named(found.map(({ workload, pod }) => `${workload.namespace}/${pod.name}`));
}

type Why = (pod: InventoryPod) => Finding | null;

/** Which pods, and why: a sentence for each reason. */
function reasons(found: readonly Found[], why: Why): string {
  return [...Map.groupBy(found, ({ pod }) => why(pod)?.what ?? '')]
    .map(([what, same]) => `${names(same)}. ${what}`)
    .join(' ');
}

function remedies(found: readonly Found[], why: Why): string {
  return [...new Set(found.flatMap(({ pod }) => why(pod)?.remedy ?? []))].join(' ');
}

export const MESH_CHECKS: readonly CheckRule[] = [
  {
    id: 'pods-without-proxy',
    category,
    title: 'Pods without a proxy',
    judge: ofPods((pods) => {
      const bare = pods.filter(({ pod }) => pod.unmeshed && WANTED.includes(pod.unmeshed.code));
      const meshed = pods.filter(({ pod }) => pod.meshed).length;
      return bare.length > 0
        ? warning(
            `${counted(bare.length, 'pod asks', 'pods ask')} for one and ${bare.length === 1 ? 'has' : 'have'} none: ${reasons(bare, ({ unmeshed }) => unmeshed)}`,
            {
              remedy: remedies(bare, ({ unmeshed }) => unmeshed),
              command: restartAllCommand(bare.map(({ workload }) => workload)),
              pods: bare.map(({ workload, pod }) => `${workload.namespace}/${pod.name}`).slice(0, 100),
            },
          )
        : ok(`${meshed} of ${counted(pods.length, 'pod')} meshed; every pod that asks for a proxy has one`);
    }),
  },
  {
    id: 'pods-await-restart',
    category,
    title: 'Pods that wait for a restart',
    judge: ofPods((pods, view) => {
      const version = view.inventory.state === 'known' ? view.inventory.value.controlPlane?.version : null;
      const waiting = pods.filter(
        ({ pod }) =>
          (pod.unmeshed && NEEDS_RESTART.includes(pod.unmeshed.code)) ||
          (pod.meshed && version && pod.proxyVersion !== null && pod.proxyVersion !== version),
      );
      const [first] = waiting;
      return first
        ? warning(`${counted(waiting.length, 'pod')}: ${names(waiting)}`, {
            remedy: 'Restart their workloads: new pods get a proxy of now.',
            command: restartAllCommand(waiting.map(({ workload }) => workload)),
          })
        : ok('none');
    }),
  },
  {
    id: 'tap-enabled',
    category,
    title: 'Tap is enabled',
    judge: (view) =>
      view.viz === null
        ? null
        : ofPods((pods) => {
            const meshed = pods.filter(({ pod }) => pod.meshed);
            const not = meshed.filter(
              ({ pod, workload }) =>
                pod.tap?.code === 'not-enabled' &&
                workload.namespace !== view.home &&
                workload.namespace !== view.viz,
            );
            return not.length > 0
              ? warning(`not on ${counted(not.length, 'pod')}: ${names(not)}`, {
                  remedy: remedies(not, ({ tap }) => tap),
                  command: restartAllCommand(not.map(({ workload }) => workload)),
                })
              : ok(`on ${counted(meshed.filter(({ pod }) => pod.tap === null).length, 'pod')}`);
          })(view),
  },
  {
    id: 'skipped-ports',
    category,
    title: 'Skipped ports',
    judge: ofPods((pods, { home }) => {
      const skipping = [
        ...new Set(
          // The control plane skips its own way to the API server.
          pods
            .filter(({ workload }) => workload.namespace !== home)
            .flatMap(({ workload, pod }) => [
              ...pod.skippedOutbound.map((port) => `${workload.name} out ${port}`),
              ...pod.skippedInbound.map((port) => `${workload.name} in ${port}`),
            ]),
        ),
      ];
      return ok(skipping.length === 0 ? 'none' : `${skipping.length} listed: ${named(skipping)}`);
    }),
  },
  ...PROBLEM_CHECKS,
  { id: 'policy-matches', category, title: 'Policy matches something', judge: policyMatches },
  { id: 'protocol-detection', category, title: 'Protocol detection', judge: detectTimeouts },
  {
    id: 'control-plane-reachable',
    category,
    title: 'Proxies reach the control plane',
    judge: ({ facts, home }) =>
      judged(
        facts,
        (told) => {
          const all = told.of('control');
          if (all.length === 0)
            return unknown({
              why: 'no proxy tells of its calls to the control plane (control_response_total is not stored)',
              remedy: 'keep the families control_* in the scrape configuration',
              right: null,
            });
          const bad = told.of('controlFailures');
          return bad.length === 0
            ? ok('no failed call in 10 min')
            : failed(
                named(
                  bad.map(
                    ({ labels, value }) =>
                      `${counted(Math.max(1, Math.round(value)), 'failed call')} to ${labels['addr'] ?? 'it'} in 10 min`,
                  ),
                ),
                {
                  remedy:
                    'See whether the control plane has enough pods and memory, and whether a NetworkPolicy keeps proxies from it.',
                  command: `kubectl -n ${home ?? 'linkerd'} get pods; kubectl -n ${home ?? 'linkerd'} top pods`,
                },
              );
        },
        () => null,
      ),
  },
];
