// What each pod got, with the noise apart: three questions for the whole mesh, asked while somebody looks. Text only.

import type { AskScope } from '../ask-scope.ts';
import { counted, countedBySource, seen } from '../counted.ts';
import { bySource, INBOUND, inboundWithoutNoise } from '../inbound.ts';
import { NOISE, withLast } from '../latency.ts';
import { MOST } from '../plausible.ts';
import { matcher, series, tagged, union } from '../promql.ts';

/** By these it is told what is noise. */
const NOISE_LABELS = ['target_port', 'srv_port', 'route_name', 'tls'];

const byPod = (scope: AskScope): AskScope => ({ ...scope, barePods: true });

export function podResponsesQuery(given: AskScope): string {
  const scope = byPod(given);
  return counted(scope, (growth) =>
    withNoise(scope, ['classification'], (own) => growth('response_total', own)),
  );
}

export function podLatencyQuery(given: AskScope): string {
  const scope = byPod(given);
  return withLast(scope, (rates) => withNoise(scope, ['le'], rates));
}

/** Refused requests, connections open, and bytes: told apart by `of`. */
export function podCountsQuery(given: AskScope): string {
  const scope = byPod(given);
  const { matchers, sight } = scope;
  const arriving = [INBOUND, matcher('peer', '=', 'src'), ...matchers];
  const refused = [
    ['refused', 'inbound_http_authz_deny_total', matchers],
    ['refused_route', 'inbound_http_route_not_found_total', matchers],
    ['refused_limit', 'inbound_http_local_ratelimit_total', matchers],
    ['opened', 'tcp_open_total', arriving],
  ] as const;
  const bytes = [
    ['read', 'tcp_read_bytes_total', arriving],
    ['written', 'tcp_write_bytes_total', arriving],
  ] as const;
  const open = seen(series('tcp_open_connections', arriving), sight);
  return union([
    countedBySource(scope, 'of', NOISE_LABELS, refused),
    tagged('of', 'open', bySource(scope, NOISE_LABELS, open)),
    ...bytes.map(([of, family, which]) =>
      tagged(
        'of',
        of,
        counted(
          { ...scope, withNew: false },
          (growth) => bySource(scope, NOISE_LABELS, growth(family, which)),
          MOST.bytes,
        ),
      ),
    ),
  ]);
}

/** What is noise bears the labels that say so. */
function withNoise(
  scope: AskScope,
  more: readonly string[],
  expression: (own: readonly string[]) => string,
): string {
  return union([
    inboundWithoutNoise(scope, more, expression),
    ...NOISE.map((which) =>
      bySource(scope, [...more, ...NOISE_LABELS], expression([INBOUND, ...which, ...scope.matchers])),
    ),
  ]);
}
