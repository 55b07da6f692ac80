// What Latchwork may do here: which kinds it may list, and whether it may tap.

import { named } from '@latchwork/figures/named';
import { KIND_NAMES, KINDS } from '../../sources/kubernetes/watch/kinds.ts';
import type { KindName } from '../../sources/kubernetes/watch/state.ts';
import { type CheckRule, judged, ok, unknown, warning } from './verdict.ts';

const category = 'access';

export const ACCESS_CHECKS: readonly CheckRule[] = [
  {
    id: 'kubernetes-rights',
    category,
    title: 'Kubernetes may be read',
    judge: (view) =>
      judged(
        view.state,
        ({ parts }) => {
          const of = (state: string) =>
            KIND_NAMES.flatMap((kind) => (parts[kind].state === state ? [resourceOf(kind)] : []));
          const denied = of('denied');
          const failing = of('failed');
          if (failing.length > 0 && denied.length === 0)
            return unknown({
              why: `${named(failing)} could not be read`,
              remedy: 'see what the API server says of them',
              right: null,
            });
          return denied.length === 0
            ? ok('lists pods, services, policies; reads no secrets')
            : warning(`may not list ${named(denied)}`, {
                remedy:
                  "Grant the verbs list and watch on them to Latchwork's identity: its chart has the ClusterRole.",
                command: `kubectl create clusterrole latchwork-more --verb=get,list,watch --resource=${denied.join(',')}`,
              });
        },
        () => null,
      ),
  },
  {
    id: 'tap-right',
    category,
    title: 'Tap is allowed',
    judge: (view) =>
      view.viz === null
        ? null
        : judged(
            view.tap,
            ({ allowed, message, manifest }) =>
              allowed
                ? ok('in all namespaces')
                : warning(message ?? 'it is not allowed', {
                    remedy: 'Grant it where requests may be watched, or switch tap off with --no-tap.',
                    manifest,
                  }),
            () => null,
          ),
  },
];

/** As rules and kubectl have it: `httproutes.policy.linkerd.io`. */
function resourceOf(kind: KindName): string {
  const { group, resource } = KINDS[kind];
  return group === '' ? resource : `${resource}.${group}`;
}
