// Linkerd's many categories in the few groups that a reader looks for; what is not well comes first in each. Pure.

import type { Check, CheckState } from '@latchwork/shared/health/check';

export interface CheckGroup {
  readonly name: string;
  readonly aside: string;
  readonly checks: readonly Check[];
}

const GROUPS: readonly {
  readonly name: string;
  readonly aside: string;
  readonly categories: readonly string[];
}[] = [
  {
    name: 'Metrics',
    aside: 'where every number comes from',
    categories: ['metrics', 'linkerd-viz-data-plane'],
  },
  { name: 'Mesh', aside: 'its proxies, and what they count', categories: ['mesh', 'linkerd-data-plane'] },
  {
    name: 'Certificates',
    aside: 'what every identity hangs on',
    categories: [
      ...['certificates', 'linkerd-identity', 'linkerd-identity-data-plane'],
      'linkerd-webhooks-and-apisvc-tls',
    ],
  },
  { name: 'Viz', aside: 'the extension that serves tap', categories: ['linkerd-viz'] },
  { name: 'Other clusters', aside: 'links and their gateways', categories: ['linkerd-multicluster'] },
  { name: 'Access', aside: 'what Latchwork may do here', categories: ['access'] },
];
/** Everything else that Linkerd asks of it. */
const CONTROL_PLANE = { name: 'Control plane', aside: 'and the cluster under it' };
const AFTER = 'Mesh';

const ORDER: readonly CheckState[] = ['failed', 'warning', 'unknown', 'ok'];

export function toGroups(checks: readonly Check[]): CheckGroup[] {
  const named = new Set(GROUPS.flatMap(({ categories }) => categories));
  const rest = checks.filter(({ category }) => !named.has(category));
  return GROUPS.flatMap(({ name, aside, categories }) => [
    { name, aside, checks: checks.filter(({ category }) => categories.includes(category)) },
    ...(name === AFTER ? [{ ...CONTROL_PLANE, checks: rest }] : []),
  ])
    .filter((group) => group.checks.length > 0)
    .map((group) => ({ ...group, checks: group.checks.toSorted(byState) }));
}

function byState(a: Check, b: Check): number {
  return ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
}

/** Ours stand open; of Linkerd's own many, those that are well are told in one line. */
export function isQuiet({ state, category }: Check): boolean {
  return state === 'ok' && /^(linkerd|kubernetes|control-plane|gateway-api)/.test(category);
}
