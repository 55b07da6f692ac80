// One HTTP server with a /metrics for each sample page, whose counters grow from scrape to scrape, and the http_sd list
// that names them. Knows text lines and labels, and nothing of what a metric means.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface SampleTarget {
  /** Unique: the path of its page. */
  readonly id: string;
  readonly text: string;
  /** What a scrape configuration adds: namespace, pod, owner, … */
  readonly labels: Readonly<Record<string, string>>;
}

export interface SampleTargets {
  readonly sdUrl: string;
  close(): Promise<void>;
}

/** A counter of N grows by N in this time, so that a page's numbers are its rates a minute. */
const GROWTH_SECONDS = 60;
const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'recordings', 'samples');
const ROW = /^([a-zA-Z_:][\w:]*(?:\{.*\})?) (\S+)$/gm;
const COUNTER = /^\w+_(total|bucket|count|sum)\b/;
const SCRAPE_LABEL =
  /(?<=[{,])(namespace|pod|deployment|control_plane_ns|control_plane_component|workload_ns|instance|job)="([^"]*)",?/g;

export function readSample(file: string): string {
  return gunzipSync(readFileSync(join(FOLDER, `${file}.prom.gz`))).toString('utf8');
}

/** A whole page has a `response_total` beside each `request_total`; some fragments were cut before it. */
export function withResponses(text: string): string {
  return text.replace(
    /^request_total\{(.*)\} (\S+)$/gm,
    (row, labels, value) =>
      `${row}\nresponse_total{${labels},status_code="200",classification="success"} ${value}`,
  );
}

/** Rows that were stored with the labels of their scrape, as targets of those; the others as one of `labels`. */
export function toTargets(id: string, text: string, labels: SampleTarget['labels']): SampleTarget[] {
  const pages = new Map<string, { labels: Record<string, string>; rows: string[] }>();
  for (const row of text.split('\n')) {
    const scraped = Object.fromEntries(
      [...row.matchAll(SCRAPE_LABEL)].map(([, name, value]) => [name, value]),
    );
    const { instance, job, ...own } = scraped as Record<string, string>;
    const key = JSON.stringify(own);
    const page = pages.get(key) ?? { labels: own, rows: [] };
    page.rows.push(row.replace(SCRAPE_LABEL, '').replace(',}', '}'));
    pages.set(key, page);
  }
  return [...pages.values()].map((page, index) => ({
    id: `${id}-${index}`,
    text: `${page.rows.join('\n')}\n`,
    labels: { ...labels, ...page.labels },
  }));
}

/** The page as it is after `seconds`, printed at `clockSeconds` (Unix). */
export function grown(text: string, seconds: number, clockSeconds: number): string {
  return text.replace(ROW, (row, series: string, value: string) => {
    if (series === 'process_clock_time_seconds') return `${series} ${clockSeconds}`;
    return COUNTER.test(series) ? `${series} ${Number(value) * (1 + seconds / GROWTH_SECONDS)}` : row;
  });
}

export async function serveTargets(targets: readonly SampleTarget[]): Promise<SampleTargets> {
  const startedMs = performance.now();
  const pages = new Map(targets.map(({ id, text }) => [`/${id}/metrics`, text]));
  const server: Server = createServer((request, response) => {
    const text = pages.get(request.url ?? '');
    if (text !== undefined) {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(grown(text, (performance.now() - startedMs) / 1000, Date.now() / 1000));
      return;
    }
    const { port } = server.address() as AddressInfo;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        targets.map(({ id, labels }) => ({
          targets: [`127.0.0.1:${port}`],
          labels: { __metrics_path__: `/${id}/metrics`, instance: id, ...labels },
        })),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    sdUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sd`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
