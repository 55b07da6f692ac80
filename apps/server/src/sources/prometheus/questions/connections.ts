// Connections as callers count them: those that lived in the window, those open now, and what they carried.

import type { AskScope } from './ask-scope.ts';
import { counted, seen } from './counted.ts';
import { byEdge, OUTBOUND, TO_ENDPOINT } from './outbound.ts';
import { MOST } from './plausible.ts';
import { countBy, duration, series, tagged, union } from './promql.ts';
import { ofNewPods } from './witnesses.ts';

/** Three families of one label set: told apart by `what`. */
const VOLUMES = [
  ['tcp_open_total', 'opensPerSecond', MOST.calls],
  ['tcp_read_bytes_total', 'readBytesPerSecond', MOST.bytes],
  ['tcp_write_bytes_total', 'writeBytesPerSecond', MOST.bytes],
] as const;

/**
 * Connections that lived in the window: open at its start or opened in it. The counter alone forgets a held connection,
 * the gauge alone a closed one. A series younger than the window has no start to be open at: what it had counted when it
 * was first scraped stands for that, where there can be any. Rows of one edge add up, with `lived` and without: they are
 * summed each by itself, since to add the series of one family to those of another costs a store as much again.
 */
export function livedConnections(
  scope: AskScope,
  sum: (expression: (target: readonly string[]) => string) => string,
): string {
  const { windowSeconds, sight, withNew, isMetricsQl } = scope;
  const window = duration(windowSeconds);
  // MetricsQL's own guesses what a new series began at.
  const increase = isMetricsQl ? 'increase_prometheus' : 'increase';
  const of = (family: string, target: readonly string[]) => series(family, [...TO_ENDPOINT, ...target]);
  function atStart(target: readonly string[]): string {
    const open = `${of('tcp_open_connections', target)} offset ${window}`;
    if (!withNew) return seen(open, sight);
    const total = of('tcp_open_total', [...target, ...ofNewPods(scope)]);
    return seen(`${open} or min_over_time(${total}[${window}])`, sight);
  }
  const opened = sum((target) => seen(`${increase}(${of('tcp_open_total', target)}[${window}])`, sight));
  return union([sum(atStart), tagged('lived', 'opened', opened)]);
}

export function connectionsQuery(scope: AskScope): string {
  return livedConnections(scope, (expression) =>
    byEdge(scope, ['tls', 'server_id', 'no_tls_reason'], expression),
  );
}

/**
 * Connections open now. Then the edges and ports that carry HTTP, under `pool`: theirs are connections too. Told apart
 * by us, since for Prometheus to match the series of one with the other costs as much as all the rest.
 */
export function openQuery(scope: AskScope): string {
  return openAndPools(scope, (expression, aggregate) => byEdge(scope, [], expression, aggregate));
}

export function openAndPools(
  { sight, windowSeconds }: Pick<AskScope, 'sight' | 'windowSeconds'>,
  sum: (expression: (target: readonly string[]) => string, aggregate?: typeof countBy) => string,
): string {
  const open = sum((target) => seen(series('tcp_open_connections', [...TO_ENDPOINT, ...target]), sight));
  if (sight === 'strange') return open;
  const window = duration(windowSeconds);
  const asked = sum(
    (target) => `last_over_time(${series('request_total', [OUTBOUND, ...target])}[${window}])`,
    countBy,
  );
  return union([open, tagged('pool', 'yes', asked)]);
}

export function volumeQuery(scope: AskScope): string {
  return union(
    VOLUMES.map(([family, what, most]) =>
      tagged(
        'what',
        what,
        counted(
          // Bytes are never few: what is new of them is worth no question.
          { ...scope, withNew: scope.withNew && family === 'tcp_open_total' },
          (growth) => byEdge(scope, [], (target) => growth(family, [...TO_ENDPOINT, ...target])),
          most,
        ),
      ),
    ),
  );
}
