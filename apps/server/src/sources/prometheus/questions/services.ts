// What callers send to each Service, as discovery names it: three questions for the whole mesh, asked while somebody looks.

import type { AskScope } from './ask-scope.ts';
import { counted, seen } from './counted.ts';
import { withLast } from './latency.ts';
import { NOT_LOOPBACK, OUTBOUND } from './outbound.ts';
import { POD_LABELS } from './owners/owner-labels.ts';
import { MOST } from './plausible.ts';
import { countBy, matcher, series, sumBy, tagged, union } from './promql.ts';

const SERVICE = ['dst_namespace', 'dst_service'];
const KNOWN = [OUTBOUND, NOT_LOOPBACK, matcher('dst_service', '!=', '')];

export function serviceResponsesQuery(scope: AskScope): string {
  return counted(scope, (growth) =>
    by(scope, ['classification'], growth('response_total', [...KNOWN, ...scope.matchers])),
  );
}

export function serviceLatencyQuery(scope: AskScope): string {
  return withLast(scope, (rates) => by(scope, ['le'], rates([...KNOWN, ...scope.matchers])));
}

/** Connections open and bytes, as callers count them: told apart by `of`. */
export function serviceCountsQuery(scope: AskScope): string {
  const own = [...KNOWN, matcher('peer', '=', 'dst'), ...scope.matchers];
  const still = { ...scope, withNew: false };
  return union([
    tagged('of', 'open', by(scope, [], seen(series('tcp_open_connections', own), scope.sight))),
    tagged(
      'of',
      'opened',
      counted(still, (growth) => by(scope, [], growth('tcp_open_total', own))),
    ),
    ...(['read', 'write'] as const).map((way) =>
      tagged(
        'of',
        way === 'read' ? 'read' : 'written',
        counted(still, (growth) => by(scope, [], growth(`tcp_${way}_bytes_total`, own)), MOST.bytes),
      ),
    ),
  ]);
}

function by({ sight }: AskScope, more: readonly string[], expression: string): string {
  return sight === 'strange' ? countBy(POD_LABELS, expression) : sumBy([...SERVICE, ...more], expression);
}
