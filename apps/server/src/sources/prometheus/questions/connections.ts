// Connections as callers count them: those that lived in the window, those open now, and what they carried.

import type { AskScope } from './ask-scope.ts';
import { counted, seen } from './counted.ts';
import { byEdge, OUTBOUND, TO_ENDPOINT } from './outbound.ts';
import { MOST } from './plausible.ts';
import { countBy, duration, series, tagged, union } from './promql.ts';

/** Three families of one label set: told apart by `what`. */
const VOLUMES = [
  ['tcp_open_total', 'opensPerSecond', MOST.calls],
  ['tcp_read_bytes_total', 'readBytesPerSecond', MOST.bytes],
  ['tcp_write_bytes_total', 'writeBytesPerSecond', MOST.bytes],
] as const;

/**
 * Connections that lived in the window: open at its start or opened in it. The counter alone forgets a held
 * connection, the gauge alone a closed one. A series younger than the window has no start to be open at. What a pod
 * that is gone since had in the window counts, hence `last_over_time`: its instant series are gone.
 */
export function livedConnections({
  windowSeconds,
  sight,
}: Pick<AskScope, 'windowSeconds' | 'sight'>): (target: readonly string[]) => string {
  const window = duration(windowSeconds);
  return (target) => {
    const matchers = [...TO_ENDPOINT, ...target];
    const opened = `${series('tcp_open_total', matchers)}[${window}]`;
    const atStart = `${series('tcp_open_connections', matchers)} offset ${window}`;
    return seen(`((${atStart}) + increase(${opened})) or last_over_time(${opened})`, sight);
  };
}

export function connectionsQuery(scope: AskScope): string {
  return byEdge(scope, ['tls', 'server_id', 'no_tls_reason'], livedConnections(scope));
}

/**
 * Connections open now. Then the edges and ports that carry HTTP, under `pool`: theirs are connections too. Told apart
 * by us, since for Prometheus to match the series of one with the other costs as much as all the rest.
 */
export function openQuery(scope: AskScope): string {
  const open = byEdge(scope, [], (target) =>
    seen(series('tcp_open_connections', [...TO_ENDPOINT, ...target]), scope.sight),
  );
  if (scope.sight === 'strange') return open;
  const window = duration(scope.windowSeconds);
  function asked(target: readonly string[]): string {
    return `last_over_time(${series('request_total', [OUTBOUND, ...target])}[${window}])`;
  }
  return union([open, tagged('pool', 'yes', byEdge(scope, [], asked, countBy))]);
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
