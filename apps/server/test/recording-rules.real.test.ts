// The recorded mesh read from recording rules, held against the same mesh read from the series themselves.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Edge } from '@latchwork/shared/edge';
import type { Graph } from '@latchwork/shared/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPrometheus } from '../../../scripts/binaries/prometheus-binary.ts';
import { findPromtool } from '../../../scripts/binaries/promtool-binary.ts';
import { type Child, stopChild } from '../../../scripts/processes.ts';
import { startPrometheus } from '../../../scripts/prometheus.ts';
import { unpackRecordedDatabase } from '../../../scripts/recorded-database.ts';
import { createCollector } from '../src/feeds/collector/collector.ts';
import { toGraph } from '../src/mesh/graph.ts';
import { createPrometheusClient } from '../src/sources/prometheus/client.ts';
import { MOMENTS, readExpected } from './inputs/expected-mesh.ts';

const RULES = join(import.meta.dirname, '..', '..', '..', 'deploy', 'prometheus', 'latchwork-rules.yaml');
const WHOLE = { namespaces: [], noise: 'hide' } as const;
const STEP_SECONDS = 15;
/**
 * Rules are evaluated in the background: how far back the moments need them. No further: what one answered once stays in such
 * blocks as if it were of now.
 */
const BACK_SECONDS = 90;
/** A rule does not know the scrape interval, by which a series is judged to be new: it may see one more. */
const ONE_REQUEST = 1 / 60 + 1e-9;

const promtool = await findPromtool({ required: Boolean(process.env['CI']) });

describe.skipIf(!promtool)('a store with recording rules', () => {
  let folder: string;
  let prometheus: { url: string; child: Child };
  const [moment = 'steady'] = MOMENTS;
  const atSeconds = Math.ceil(readExpected(moment).at / STEP_SECONDS) * STEP_SECONDS;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchwork-rules-'));
    const data = await unpackRecordedDatabase(join(folder, 'data'));
    const binary = await findPrometheus();
    prometheus = await startPrometheus({ binary, folder, data });
    const range = [
      `--start=${atSeconds - BACK_SECONDS}`,
      `--end=${atSeconds + STEP_SECONDS}`,
      `--eval-interval=${STEP_SECONDS}s`,
    ];
    await promisify(execFile)(promtool as string, [
      ...['tsdb', 'create-blocks-from', 'rules', ...range, `--url=${prometheus.url}`],
      ...[`--output-dir=${data}`, RULES],
    ]);
    // It reads new blocks when it starts.
    await stopChild(prometheus.child);
    prometheus = await startPrometheus({ binary, folder, data });
  }, 120_000);
  afterAll(async () => {
    await stopChild(prometheus.child);
    await rm(folder, { recursive: true, force: true });
  });

  async function read(at: number, hidden: boolean) {
    const client = createPrometheusClient({ url: prometheus.url });
    const texts: string[] = [];
    const collector = createCollector({
      client: {
        ...client,
        query(text, options) {
          if (options.tier === 'traffic' || options.tier === 'latency') texts.push(text);
          // A store without rules: what names theirs has no rows.
          return client.query(hidden ? text.replaceAll('latchwork:', 'nobodys:') : text, options);
        },
      },
      matchers: [],
      defaultAtSeconds: null,
    });
    const mesh = await collector.read({ windowSeconds: 60, atSeconds: at });
    collector.close();
    await client.close();
    return { graph: toGraph(mesh, WHOLE), texts };
  }

  async function samples(texts: readonly string[]): Promise<number> {
    let sum = 0;
    for (const query of texts) {
      const body = new URLSearchParams({ query, time: String(atSeconds), stats: 'all' });
      const answer = await fetch(`${prometheus.url}/api/v1/query`, { method: 'POST', body });
      const { data } = (await answer.json()) as {
        data: { stats: { samples: { totalQueryableSamples: number } } };
      };
      sum += data.stats.samples.totalQueryableSamples;
    }
    return sum;
  }

  /** When the rules last answered a question: a group has its own moments. */
  async function madeAt(part: string): Promise<number> {
    const query = `latchwork:${part}:rate1m{latchwork_rules="2"}`;
    const body = new URLSearchParams({ query, time: String(atSeconds) });
    const answer = await fetch(`${prometheus.url}/api/v1/query`, { method: 'POST', body });
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
    return Number(data.result[0]?.value[1]);
  }

  it('answers with the same mesh, from its rules alone', async () => {
    const ruled = await read(atSeconds, false);
    expect(ruled.graph.parts['rules']).toMatchObject({
      message: 'the answers of the recording rules were read',
    });
    const { graph: traffic } = await read(await madeAt('outbound'), true);
    expect(traffic.parts).not.toHaveProperty('rules');
    expect(traffic.edges.length).toBeGreaterThan(10);
    const facts = ({ source, target, lock, refused, unreached }: Edge) => ({
      ...{ source, target, lock: lock.state, reasons: lock.reasons.map(({ reason }) => reason) },
      ...{ refused: refused !== null, unreached: unreached && Object.keys(unreached) },
    });
    expect(ruled.graph.edges.map(facts)).toEqual(traffic.edges.map(facts));
    expect(ruled.graph.nodes.map(({ id }) => id)).toEqual(traffic.nodes.map(({ id }) => id));
    const { graph: latency } = await read(await madeAt('outbound_latency'), true);
    const { graph: volume } = await read(await madeAt('volume'), true);
    for (const edge of ruled.graph.edges) {
      const same = (graph: Graph) =>
        graph.edges.find(({ source, target }) => source === edge.source && target === edge.target);
      const what = `${edge.source} → ${edge.target}`;
      for (const key of ['rps', 'successRate', 'securedShare'] as const)
        near(edge.http?.[key], same(traffic)?.http?.[key], `${what} ${key}`);
      for (const key of ['p50Ms', 'p99Ms'] as const)
        near(edge.http?.[key], same(latency)?.http?.[key], `${what} ${key}`);
      for (const key of ['openConnections', 'readBytesPerSecond'] as const)
        near(edge.tcp?.[key], same(volume)?.tcp?.[key], `${what} ${key}`);
    }
  });

  it('reads a fifth of the samples or less', async () => {
    const [ruled, plain] = [await read(atSeconds, false), await read(atSeconds, true)];
    const few = await samples(ruled.texts);
    expect(few / (await samples(plain.texts))).toBeLessThan(0.2);
  });
});

function near(actual: number | null | undefined, expected: number | null | undefined, what: string): void {
  if (typeof expected !== 'number') expect(actual ?? null, what).toBe(expected ?? null);
  else
    expect(Math.abs((actual ?? Number.NaN) - expected), what).toBeLessThanOrEqual(
      0.02 * Math.abs(expected) + ONE_REQUEST,
    );
}
