// Expressions over what proxies count of their own pods: grouped by workload, for the whole mesh at once. Text only.

import type { AskScope } from './ask-scope.ts';
import { POD_LABELS, SOURCE_LABELS } from './owners/owner-labels.ts';
import { countBy, matcher, sumBy, union } from './promql.ts';

export const INBOUND = matcher('direction', '=', 'inbound');
const NO_UPKEEP = [matcher('target_port', '!~', '419[01]'), matcher('srv_port', '!~', '419[01]')];

/** Whether a route of a user's own is for probes is decided by these, with the objects of Kubernetes. */
const ROUTE_LABELS = ['target_port', 'srv_port', 'srv_name', 'authz_name'];

/** Series of one family by the workload that counted them, by its pods where some have no owner. */
export function bySource(
  { barePods, sight }: Pick<AskScope, 'barePods' | 'sight'>,
  more: readonly string[],
  expression: string,
): string {
  if (sight === 'strange') return countBy(POD_LABELS, expression);
  return sumBy([...SOURCE_LABELS, ...(barePods ? ['pod'] : []), ...more], expression);
}

/**
 * Inbound series of one family by `more`, without the noise. A probe is plaintext; a real client may ask for the same
 * path, and then with its identity: those rows bear `route_name`, which keeps the sums apart.
 */
export function inboundWithoutNoise(
  scope: Pick<AskScope, 'matchers' | 'barePods' | 'probeRoutes' | 'sight'>,
  more: readonly string[],
  expression: (matchers: readonly string[]) => string,
): string {
  const { matchers, probeRoutes } = scope;
  const inbound = [INBOUND, ...NO_UPKEEP, ...matchers];
  const own = probeRoutes.map((name) => name.replaceAll('.', '[.]')).join('|');
  const by = (labels: readonly string[], route: readonly string[]) =>
    bySource(scope, [...more, ...labels], expression([...inbound, ...route]));
  return union([
    by([], [own === '' ? matcher('route_name', '!=', 'probe') : matcher('route_name', '!~', `probe|${own}`)]),
    by(['route_name', 'tls'], [matcher('route_name', '=', 'probe'), matcher('tls', '=', 'true')]),
    ...(own === '' ? [] : [by(['route_name', 'tls', ...ROUTE_LABELS], [matcher('route_name', '=~', own)])]),
  ]);
}
