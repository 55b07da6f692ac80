// What Latchwork may do here: which kinds it may list, and whether it may tap.

import { named } from '@latchwork/figures/named';
import { KIND_NAMES, KINDS } from '../../../sources/kubernetes/watch/kinds.ts';
import type { KindName, KubernetesState } from '../../../sources/kubernetes/watch/state.ts';
import { reachOf } from '../../cluster/reach.ts';
import { RIGHTS_MISSING, toRightsFindings } from '../../cluster/rights-findings.ts';
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
        (state) => {
          const { parts } = state;
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
            ? ok(`lists pods, services, policies${placesOf(reachOf(state))}; reads no secrets`)
            : warning(`may not list ${named(denied)}`, {
                remedy:
                  'Let someone who may grant rights apply the manifest, which has all that is read here and its binding.',
                manifest: manifestOf(state),
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

function placesOf(namespaces: readonly string[]): string {
  return namespaces.length === 0 ? '' : ` of namespace ${named(namespaces)} alone`;
}

/** The one that every other view offers. */
function manifestOf(state: KubernetesState): string | null {
  return toRightsFindings(state).find(({ code }) => code === RIGHTS_MISSING)?.manifest ?? null;
}

/** As rules and kubectl have it: `httproutes.policy.linkerd.io`. */
function resourceOf(kind: KindName): string {
  const { group, resource } = KINDS[kind];
  return group === '' ? resource : `${resource}.${group}`;
}
