// What Linkerd's own command line printed on the recorded mesh, and when.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface Printed<T> {
  readonly command: string;
  /** RFC 3339. */
  readonly at: string;
  readonly printed: T;
}

export interface PrintedStat {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly success: number | null;
  readonly rps: number | null;
  readonly tcp_open_connections?: number;
  readonly tcp_read_bytes_rate?: number;
  readonly unauthorized?: number;
}

export interface PrintedAuthz {
  readonly route: string;
  readonly server: string;
  readonly authorization: string;
  readonly rps: number;
  readonly success: number;
  readonly unauthorized: number;
}

export interface PrintedEdge {
  readonly src: string;
  readonly src_namespace: string;
  readonly dst: string;
  readonly dst_namespace: string;
  readonly client_id: string;
  readonly server_id: string;
  readonly no_tls_reason: string;
}

export interface PrintedInbound {
  readonly server: string;
  readonly port: string;
  readonly route: string;
  readonly successesRate: number;
  readonly rps: number;
}

export interface PrintedOutbound {
  readonly service: string;
  readonly route: string;
  readonly routeType: string;
  readonly backend?: string;
  readonly successRate: number;
  readonly rps: number;
}

const FILE = new URL('../../../../recordings/printed.json.gz', import.meta.url);
const ALL: readonly Printed<unknown>[] = JSON.parse(gunzipSync(readFileSync(FILE)).toString('utf8'));

/** Each time that `linkerd viz …` was run. */
export function printedBy<T>(command: string): readonly Printed<T>[] {
  const found = ALL.filter((each) => each.command === `linkerd viz ${command} -o json`);
  if (found.length === 0) throw new Error(`${command} was not recorded`);
  return found as readonly Printed<T>[];
}
