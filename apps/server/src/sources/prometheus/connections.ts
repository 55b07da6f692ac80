// Connections as callers count them: those that lived in the window, those open now, and what they carried.

import type { AskScope } from './ask-scope.ts';
import { byEdge, OUTBOUND, TO_ENDPOINT } from './outbound.ts';
import { countBy, duration, rate, series, tagged, union } from './promql.ts';

/** Three families of one label set: told apart by `what`. */
const VOLUMES = [
  ['tcp_open_total', 'opensPerSecond'],
  ['tcp_read_bytes_total', 'readBytesPerSecond'],
  ['tcp_write_bytes_total', 'writeBytesPerSecond'],
] as const;

/**
 * Connections that lived in the window: open at its start or opened in it. The counter alone forgets a held
 * connection, the gauge alone a closed one. A series younger than the window has no start to be open at. What a pod
 * that is gone since had in the window counts, hence `last_over_time`: its instant series are gone.
 * Then the edges and ports that carry HTTP, under `pool`: theirs are connections too. Told apart by us, since for
 * Prometheus to match the series of one with the other costs as much as all the rest.
 */
export function connectionsQuery(scope: AskScope): string {
  const window = duration(scope.windowSeconds);
  function lived(target: readonly string[]): string {
    const matchers = [...TO_ENDPOINT, ...target];
    const opened = `${series('tcp_open_total', matchers)}[${window}]`;
    const atStart = `${series('tcp_open_connections', matchers)} offset ${window}`;
    return `((${atStart}) + increase(${opened})) or last_over_time(${opened})`;
  }
  function asked(target: readonly string[]): string {
    return `last_over_time(${series('request_total', [OUTBOUND, ...target])}[${window}])`;
  }
  return union([
    byEdge(scope, ['tls', 'server_id', 'no_tls_reason'], lived),
    tagged('pool', 'yes', byEdge(scope, [], asked, countBy)),
  ]);
}

export function openQuery(scope: AskScope): string {
  return byEdge(scope, [], (target) => series('tcp_open_connections', [...TO_ENDPOINT, ...target]));
}

export function volumeQuery(scope: AskScope): string {
  return union(
    VOLUMES.map(([family, what]) =>
      tagged(
        'what',
        what,
        byEdge(scope, [], (target) => rate(series(family, [...TO_ENDPOINT, ...target]), scope.windowSeconds)),
      ),
    ),
  );
}
