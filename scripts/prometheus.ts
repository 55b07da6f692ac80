// A Prometheus of ours: scraping what http_sd names, or reading a recorded database.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { type Child, startChild } from './processes.ts';

export interface Scrape {
  readonly sdUrl: string;
  readonly intervalSeconds: number;
  /** How often the same targets are stored, each time with rules of `metric_relabel_configs` in YAML; absent: once, as they are. */
  readonly jobs?: readonly { readonly name: string; readonly relabel: readonly string[] }[];
}

export interface PrometheusOptions {
  readonly binary: string;
  /** Its configuration and, unless `data` is given, its database live here. */
  readonly folder: string;
  readonly port?: number;
  /** A database that is there already; it is written into, so never the recording itself. */
  readonly data?: string;
  readonly scrape?: Scrape;
  /** Of this one among several, where it scrapes nothing. */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** More arguments of the program. */
  readonly flags?: readonly string[];
}

export interface RunningPrometheus {
  readonly url: string;
  readonly child: Child;
}

const READY_AFTER_MS = 30_000;

function configuration({ scrape, externalLabels }: PrometheusOptions): string {
  if (!scrape)
    return `global: ${JSON.stringify(externalLabels ? { external_labels: externalLabels } : {})}\n`;
  const { sdUrl, intervalSeconds, jobs = [{ name: 'linkerd-proxy', relabel: [] }] } = scrape;
  return [
    'global:',
    `  scrape_interval: ${intervalSeconds * 1000}ms`,
    `  scrape_timeout: ${intervalSeconds * 1000}ms`,
    'scrape_configs:',
    ...jobs.flatMap(({ name, relabel }) => [
      `  - job_name: ${name}`,
      '    http_sd_configs:',
      `      - url: ${sdUrl}`,
      '        refresh_interval: 5s',
      ...(relabel.length > 0 ? ['    metric_relabel_configs:'] : []),
      ...relabel.map((rule) => `      - ${rule}`),
    ]),
    '',
  ].join('\n');
}

/** Resolves when it answers. Throws with its last words when it ends before. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const port = options.port ?? (await freePort());
  await mkdir(options.folder, { recursive: true });
  const config = join(options.folder, 'prometheus.yml');
  await writeFile(config, configuration(options));
  const words: string[] = [];
  const child = startChild(
    'prometheus',
    options.binary,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${options.data ?? join(options.folder, 'data')}`,
      `--storage.tsdb.retention.time=${options.data ? '100y' : '6h'}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=warn',
      ...(options.flags ?? []),
    ],
    {
      // Two cores are shared with a browser and our own processes.
      env: { GOMAXPROCS: '2' },
      onErrorLine: (line) => {
        words.push(line);
        if (words.length > 20) words.shift();
      },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  let ended: string | null = null;
  void child.gone.then((how) => {
    ended = how;
  });
  const deadline = Date.now() + READY_AFTER_MS;
  while (Date.now() < deadline) {
    if (ended) throw new Error(`Prometheus ended (${ended}): ${words.join(' | ')}`);
    const ready = await fetch(`${url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, child };
    await sleep(100);
  }
  throw new Error(`Prometheus did not answer within ${READY_AFTER_MS / 1000} s: ${words.join(' | ')}`);
}
