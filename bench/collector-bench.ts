// What one refresh of the collector costs Prometheus and ourselves, on a made-up mesh of 200 workloads, as multiples of
// one mesh-wide rate query (F) on the same data in the same run.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toEdgesInView } from '../apps/server/src/feeds/edges-in-view.ts';
import { toQuestions } from '../apps/server/src/feeds/questions.ts';
import type { MeshAnswers } from '../apps/server/src/mesh/answers.ts';
import { toGraph } from '../apps/server/src/mesh/graph.ts';
import { toMesh } from '../apps/server/src/mesh/mesh.ts';
import { toWorkloads } from '../apps/server/src/mesh/workloads.ts';
import { createPrometheusClient } from '../apps/server/src/sources/prometheus/client.ts';
import { stopChild } from '../scripts/processes.ts';
import { startPrometheus } from '../scripts/prometheus.ts';
import { findPrometheus } from '../scripts/prometheus-binary.ts';
import { largeMesh } from './large-mesh.ts';
import { remoteWrite } from './remote-write.ts';
import type { Verdict } from './verdict.ts';

const WORKLOADS = 200;
const NAMESPACES = 10;
const SCRAPE_SECONDS = 10;
const SCRAPES = 13;
const WINDOW_SECONDS = 60;
const RUNS = 5;
const WARM_UPS = 100;
/** A tick of /proc is 10 ms: F is asked several times in a row. */
const F_TIMES = 4;
const F = `sum by (namespace, deployment, dst_namespace, dst_deployment, tls, classification) (rate(response_total{direction="outbound"}[${WINDOW_SECONDS}s]))`;

const SCOPE = { matchers: [], barePods: false, windowSeconds: WINDOW_SECONDS, coarse: false } as const;

interface Cost {
  prometheusMs: number;
  wallMs: number;
  ownMs: number;
}

export async function collectorBench(): Promise<Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-bench-'));
  const { url, child } = await startPrometheus({
    binary: await findPrometheus(),
    folder,
    flags: ['--web.enable-remote-write-receiver'],
  });
  const client = createPrometheusClient({ url, timeoutMs: 120_000 });
  try {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const times = Array.from({ length: SCRAPES }, (_, i) => nowSeconds - (SCRAPES - 1 - i) * SCRAPE_SECONDS);
    const count = await remoteWrite(url, largeMesh(WORKLOADS, NAMESPACES), times);
    console.log(`${WORKLOADS} workloads, ${count} series`);

    const options = { tier: 'bench', atSeconds: nowSeconds };
    const answers: Record<string, MeshAnswers[keyof MeshAnswers]> = {};
    const cost = (work: () => Promise<void>) => measured(child.process.pid as number, work);

    /** As for viewers of the whole mesh, which is too large for the latencies of all edges. */
    async function refresh(number: number, coarse: boolean): Promise<void> {
      const scope = { ...SCOPE, coarse, edgesInView: toEdgesInView(WORKLOADS, []) };
      await Promise.all(
        toQuestions(scope, { number, missed: new Set(), silent: false }).map(async ({ part, text }) => {
          answers[part] = await client.query(text, options);
        }),
      );
      toValues(answers, nowSeconds);
    }
    async function yardstick(): Promise<void> {
      for (let i = 0; i < F_TIMES; i++) await client.query(F, options);
    }

    const kinds = {
      traffic: () => refresh(1, false),
      'full, 14 bounds': () => refresh(0, true),
      'full, 26 bounds': () => refresh(0, false),
    };
    await refresh(0, false);
    // A server that runs for a while has compiled its code.
    for (let i = 0; i < WARM_UPS; i++) toValues(answers, nowSeconds);
    const ratios = new Map<string, Cost[]>();
    for (let run = 0; run < RUNS; run++)
      for (const [kind, work] of Object.entries(kinds)) {
        // Each beside its own yardstick: the machine may be busier from one minute to the next.
        const unit = await cost(yardstick);
        const found = await cost(work);
        const ratio = {
          prometheusMs: (found.prometheusMs * F_TIMES) / unit.prometheusMs,
          wallMs: (found.wallMs * F_TIMES) / unit.wallMs,
          ownMs: (found.ownMs * F_TIMES) / unit.wallMs,
        };
        ratios.set(kind, [...(ratios.get(kind) ?? []), ratio]);
      }
    await sayTouched(url, nowSeconds);
    return toVerdicts(ratios);
  } finally {
    await client.close();
    await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the server makes of answers, for viewers of the graph and of the table. */
function toValues(answers: MeshAnswers, atSeconds: number): void {
  const mesh = toMesh({
    answers,
    atSeconds,
    windowSeconds: WINDOW_SECONDS,
    windowAskedSeconds: WINDOW_SECONDS,
    scrapeIntervalSeconds: SCRAPE_SECONDS,
    parts: {},
    diagnoses: [],
    history: () => ({ start: '', stepSeconds: SCRAPE_SECONDS, workloads: {} }),
  });
  const whole = { namespaces: [], noise: 'hide' } as const;
  JSON.stringify([toGraph(mesh, whole), toWorkloads(mesh, whole)]);
}

/** The samples that each question touches, with one namespace of ten in view, as multiples of F: what its cost is made of, without the noise of a clock. */
async function sayTouched(url: string, atSeconds: number): Promise<void> {
  async function samples(query: string): Promise<number> {
    const form = new URLSearchParams({ query, time: String(atSeconds), stats: 'all' });
    const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body: form });
    const body = (await answer.json()) as { data: { stats: { samples: { totalQueryableSamples: number } } } };
    return body.data.stats.samples.totalQueryableSamples;
  }
  const unit = await samples(F);
  const scope = { ...SCOPE, edgesInView: toEdgesInView(WORKLOADS, ['team-3']) };
  for (const { part, text } of toQuestions(scope, { number: 0, missed: new Set(), silent: false }))
    console.log(
      `  ${part.padEnd(16)} touches ${((await samples(text)) / unit).toFixed(2)} times the samples of F`,
    );
}

async function measured(pid: number, work: () => Promise<void>): Promise<Cost> {
  const before = await processorMs(pid);
  const own = process.cpuUsage();
  const started = performance.now();
  await work();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(own);
  return { prometheusMs: (await processorMs(pid)) - before, wallMs, ownMs: (user + system) / 1000 };
}

/** Processor time of a process so far; Linux alone has this file. */
async function processorMs(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function toVerdicts(ratios: ReadonlyMap<string, readonly Cost[]>): Verdict[] {
  const of = (kind: string, what: keyof Cost) => median((ratios.get(kind) ?? []).map((cost) => cost[what]));
  for (const kind of ratios.keys())
    console.log(
      kind.padEnd(16),
      `Prometheus ${of(kind, 'prometheusMs').toFixed(1)} F, wall ${of(kind, 'wallMs').toFixed(1)} F, ours ${of(kind, 'ownMs').toFixed(2)} F`,
    );
  const budget = (kind: string, what: keyof Cost, most: number): Verdict => {
    const value = of(kind, what);
    const whose = what === 'ownMs' ? 'our own time' : "Prometheus' time";
    return { what: `${kind} refresh, ${whose} in F`, value, budget: `at most ${most}`, kept: value <= most };
  };
  return [
    budget('traffic', 'prometheusMs', 6),
    budget('full, 14 bounds', 'prometheusMs', 13),
    budget('full, 26 bounds', 'prometheusMs', 20),
    budget('traffic', 'ownMs', 0.25),
  ];
}
