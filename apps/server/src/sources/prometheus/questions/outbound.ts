// Expressions over what callers' proxies count: grouped by edge, for the whole mesh at once. Text only.

import type { AskScope } from './ask-scope.ts';
import {
  ADDRESS_LABELS,
  DST_OWNER_LABELS,
  ENDPOINT_LABELS,
  OWN_OWNER_LABELS,
  POD_LABELS,
  SOURCE_LABELS,
  TARGET_LABELS,
} from './owners/owner-labels.ts';
import { countBy, matcher, sumBy, union } from './promql.ts';

export const OUTBOUND = matcher('direction', '=', 'outbound');
/** A pod that calls itself never leaves it. */
export const NOT_LOOPBACK = matcher('no_tls_reason', '!=', 'loopback');
/** Never `peer="src"` of outbound: that is the application's own connection to its proxy, always loopback. */
export const TO_ENDPOINT = [OUTBOUND, matcher('peer', '=', 'dst'), NOT_LOOPBACK];

const NO_OWNER = OWN_OWNER_LABELS.map(([label]) => matcher(label, '=', ''));
const NO_DST_OWNER = DST_OWNER_LABELS.map(([label]) => matcher(label, '=', ''));

/**
 * Sums (or counts) `expression(matchers)` by edge and `more`. The address is asked only where discovery knows no namespace: it has
 * one value for each pod. Bare pods come as further rows with `pod` and `dst_pod`, which the row of their edge includes; what
 * goes to Services that reach into other clusters comes by endpoint alone.
 */
export function byEdge(
  { matchers, barePods, sight, reaching }: Pick<AskScope, 'matchers' | 'barePods' | 'sight' | 'reaching'>,
  more: readonly string[],
  expression: (matchers: readonly string[]) => string,
  aggregate = sumBy,
): string {
  if (sight === 'strange') return countBy(POD_LABELS, expression(matchers));
  const away = reaching === null ? [] : [matcher('dst_service', '!~', reaching)];
  const known = [...matchers, matcher('dst_namespace', '!=', ''), ...away];
  const unknown = [...matchers, matcher('dst_namespace', '=', '')];
  const knownLabels = [...SOURCE_LABELS, ...TARGET_LABELS, ...more];
  const unknownLabels = [...new Set([...SOURCE_LABELS, ...ADDRESS_LABELS, ...more])];
  const pods = [...knownLabels, 'pod', 'dst_pod'];
  return union([
    aggregate(knownLabels, expression(known)),
    aggregate([...unknownLabels, ...(barePods ? ['pod'] : [])], expression(unknown)),
    ...(barePods
      ? [
          aggregate(pods, expression([...known, ...NO_OWNER, matcher('pod', '!=', '')])),
          aggregate(pods, expression([...known, ...NO_DST_OWNER, matcher('dst_pod', '!=', '')])),
        ]
      : []),
    ...(reaching === null
      ? []
      : [
          aggregate(
            [...knownLabels, ...(barePods ? ['pod'] : []), ...ENDPOINT_LABELS],
            expression([
              ...matchers,
              matcher('dst_namespace', '!=', ''),
              matcher('dst_service', '=~', reaching),
            ]),
          ),
        ]),
  ]);
}
