// The query API of a Prometheus that scrapes a made-up mesh: answers the server's own questions with rows as they would come,
// their values a little different each time. Real stores take gigabytes for a mesh of thousands of workloads.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { COARSE_BOUNDS, type MadeMesh, type MadeRow, madeRows } from './made-rows.ts';

export interface FakePrometheus {
  readonly url: string;
  /** Questions that nobody has taught it: their answer was empty. */
  readonly unknown: ReadonlySet<string>;
  close(): void;
}

/** The first that fits a question's text is its kind. */
const KINDS: readonly (readonly [keyof ReturnType<typeof madeRows> | 'none', RegExp])[] = [
  ['facts', /"fact", "interval"/],
  ['added', /scrape_series_added/],
  ['bounds', /^count by \(direction, le\)/],
  [
    'none',
    /^topk\(1, count by|^label_replace\(min_over_time\(\(time\(\)|^count\(process_start_time_seconds\)/,
  ],
  ['none', /^topk by \(|^count by \((namespace, (pod|deployment|workload_ns), |__name__\))/],
  // Of single pods nothing is made up.
  ['none', /"fact", "age"|"refusal"|"admitted"|"protocol"|^proxy_build_info\{/],
  ['outboundLatency', /response_latency_ms_bucket\{direction="outbound"/],
  ['inboundLatency', /response_latency_ms_bucket\{direction="inbound"/],
  ['connections', /"pool", "yes"/],
  ['volume', /tcp_read_bytes_total/],
  ['open', /tcp_open_connections/],
  ['outbound', /response_total\{direction="outbound"/],
  ['inbound', /response_total\{direction="inbound"/],
];

const ONE_LINE: readonly MadeRow[] = [{ labels: '{}', value: () => 1 }];

export async function startFakePrometheus(mesh: MadeMesh, scrapeSeconds: number): Promise<FakePrometheus> {
  const rows = madeRows(mesh, scrapeSeconds);
  const unknown = new Set<string>();

  function rowsOf(query: string): readonly MadeRow[] {
    const kind = KINDS.find(([, pattern]) => pattern.test(query))?.[0];
    if (kind === undefined) unknown.add(query);
    if (kind === undefined || kind === 'none') return [];
    const bounds = query.includes('le=~') ? COARSE_BOUNDS : null;
    const inView = [...query.matchAll(/namespace=~"([^"]*)"/g)].flatMap(
      ([, names]) => names?.split('|') ?? [],
    );
    return rows[kind].filter(
      ({ bound, ends }) =>
        (bound === undefined || bounds === null || bounds.has(bound)) &&
        (kind !== 'outboundLatency' || inView.length === 0 || ends?.some((name) => inView.includes(name))),
    );
  }

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prometheus');
    const form = new URLSearchParams(body);
    const of = (name: string) => form.get(name) ?? searchParams.get(name) ?? '';
    response.setHeader('content-type', 'application/json');
    // A function of others: that is how the server tells them apart.
    if (/increase_prometheus/.test(of('query'))) {
      response.writeHead(400).end('{"status":"error","errorType":"bad_data","error":"unknown function"}');
      return;
    }
    const isRange = pathname.endsWith('/query_range');
    const at = Number(of(isRange ? 'end' : 'time'));
    const times = isRange ? steps(Number(of('start')), at, Number(of('step'))) : [at];
    // About one place, since when a problem is there: one line, as of a sum without labels.
    const isSum = isRange && /^(sum|histogram_quantile)\(/.test(of('query'));
    const result = (isSum ? ONE_LINE : rowsOf(of('query'))).map(
      ({ labels, value }) =>
        `{"metric":${labels},${
          isRange
            ? `"values":[${times.map((time) => `[${time},"${value(time)}"]`)}]`
            : `"value":[${at},"${value(at)}"]`
        }}`,
    );
    response.end(
      `{"status":"success","data":{"resultType":"${isRange ? 'matrix' : 'vector'}","result":[${result}]}}`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    unknown,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function steps(start: number, end: number, step: number): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
}
