// Since when something is so: one narrow expression for one place, which has samples at those moments alone at which it
// was. Text only; knows no problem, but what is counted of each kind.

import { edgeEnds } from '@latchwork/shared/edge-id';
import { parseNodeId } from '@latchwork/shared/node-id';
import { ofDestination, ofOwner } from './owners/owner-matchers.ts';
import { matcher, rate, series, sumBy } from './promql.ts';

export interface SinceQuestion {
  readonly kind: string;
  /** Which of its kind: for refusals by what. */
  readonly code: string;
  /** The id of an edge or a node. */
  readonly where: string;
}

export interface SinceScope {
  readonly matchers: readonly string[];
  readonly windowSeconds: number;
  /** 0 to 1. */
  readonly successTarget: number;
  readonly latencyTargetMs: number;
}

/** Where a place is counted: by whose proxy, and on which side of it. */
interface Counted {
  readonly matchers: readonly string[];
  readonly peer: 'src' | 'dst';
}

const REFUSING: Readonly<Record<string, string>> = {
  'refused-authorization': 'inbound_http_authz_deny_total',
  'refused-route': 'inbound_http_route_not_found_total',
  'refused-rate-limit': 'inbound_http_local_ratelimit_total',
};
const STATUSES = 'outbound_http_route_request_statuses_total';
const OPEN = matcher('tls', '!=', 'true');

/** Whether there was data at all: tells a beginning from the beginning of the store. */
export function dataQuery(matchers: readonly string[]): string {
  return `count(${series('process_start_time_seconds', matchers)}) or count(${series('response_total', matchers)})`;
}

/** Null for what the store cannot tell. */
export function sinceQuery(question: SinceQuestion, scope: SinceScope): string | null {
  const { source, target } = edgeEnds(question.where) ?? { source: null, target: question.where };
  const counted = source === null ? countedBy(target) : countedBetween(source, target);
  const moved = (name: string, matchers: readonly string[]) =>
    `sum(${rate(series(name, [...matchers, ...scope.matchers]), scope.windowSeconds)})`;

  switch (question.kind) {
    case 'plaintext': {
      if (counted === null) return null;
      const held = [...counted.matchers, OPEN, matcher('peer', '=', counted.peer), ...scope.matchers];
      return `${moved('response_total', [...counted.matchers, OPEN])} > 0 or sum(${series('tcp_open_connections', held)}) > 0`;
    }
    case 'failing': {
      if (counted === null) return null;
      const failed = moved('response_total', [
        ...counted.matchers,
        matcher('classification', '=', 'failure'),
      ]);
      const share = Number((1 - scope.successTarget).toFixed(6));
      return `${failed} / ${moved('response_total', counted.matchers)} > ${share}`;
    }
    case 'slow': {
      if (counted === null) return null;
      const buckets = series('response_latency_ms_bucket', [...counted.matchers, ...scope.matchers]);
      return `histogram_quantile(0.95, ${sumBy(['le'], rate(buckets, scope.windowSeconds))}) > ${scope.latencyTargetMs}`;
    }
    case 'refused': {
      const family = REFUSING[question.code];
      const own = ofOwner(family ? target : (source ?? target));
      if (own === null) return null;
      if (family) return `${moved(family, own)} > 0`;
      if (question.code !== 'refused-egress') return null;
      return `${moved(STATUSES, [...own, matcher('route_name', '=~', '(http|grpc)-egress-deny')])} > 0`;
    }
    case 'lost': {
      const own = source === null ? null : ofOwner(source);
      const error = matcher('error', '=~', 'FAIL_FAST|LOAD_SHED');
      return own === null ? null : `${moved(STATUSES, [...own, ...ofParent(target), error])} > 0`;
    }
    default:
      return null;
  }
}

/** What a workload answers. */
function countedBy(id: string): Counted | null {
  const own = ofOwner(id);
  return own && { matchers: [matcher('direction', '=', 'inbound'), ...own], peer: 'src' };
}

function countedBetween(source: string, target: string): Counted | null {
  // Callers without a proxy are counted by whom they call.
  if (parseNodeId(source)?.type === 'unmeshed') return countedBy(target);
  const own = ofOwner(source);
  const to = ofDestination(target);
  return own && to && { matchers: [matcher('direction', '=', 'outbound'), ...own, ...to], peer: 'dst' };
}

function ofParent(id: string): string[] {
  const node = parseNodeId(id);
  return node?.type === 'service'
    ? [matcher('parent_namespace', '=', node.namespace), matcher('parent_name', '=', node.name)]
    : [];
}
