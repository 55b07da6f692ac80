// Proxies of which a store keeps some families and drops others, where it has these of other proxies: each is told by the requests
// of its scrapes, which count in all of them. Text only.

import { countBy, duration, matcher, series, tagged } from './promql.ts';
import { POD } from './witnesses.ts';

/** Families in which every scrape of a proxy leaves something. */
export const SCRAPE_FAMILIES = [
  'request_total',
  'response_total',
  'response_latency_ms_bucket',
  'tcp_open_total',
  'tcp_open_connections',
  'tcp_read_bytes_total',
  'tcp_write_bytes_total',
] as const;
/** What a proxy was just found with is not all that it has. */
const FOUND_SECONDS = 120;

/** Proxies by namespace that lack a family, under `lacking`. */
export function lackingQueries(matchers: readonly string[]): string[] {
  const scrapes = [matcher('direction', '=', 'inbound'), matcher('target_port', '=', '4191'), ...matchers];
  const known = ['request_total', 'response_total'].map((name) => {
    const own = series(name, scrapes);
    return `(${own} and ${own} offset ${duration(FOUND_SECONDS)})`;
  });
  const proxies = countBy(['namespace', 'pod', 'instance'], known.join(' or '));
  return SCRAPE_FAMILIES.map((name) =>
    tagged('lacking', name, countBy(['namespace'], `${proxies} unless on (${POD}) ${series(name, scrapes)}`)),
  );
}
