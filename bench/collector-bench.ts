// What one refresh of the collector costs Prometheus and ourselves, on a made-up mesh of 200 workloads, as multiples of
// one mesh-wide rate query (F) on the same data in the same run.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Query } from '../apps/server/src/feeds/collector/ask-round.ts';
import { Part } from '../apps/server/src/feeds/collector/part.ts';
import { QUESTIONS } from '../apps/server/src/feeds/collector/questions/questions.ts';
import { newsQuery } from '../apps/server/src/sources/prometheus/questions/sampling.ts';
import { findPrometheus } from '../scripts/binaries/prometheus-binary.ts';
import { stopChild } from '../scripts/processes.ts';
import { startPrometheus } from '../scripts/prometheus.ts';
import { remoteWrite } from '../scripts/remote-write.ts';
import { largeMesh, written } from './large-mesh.ts';
import { ownMs, type Texts } from './own-time.ts';
import { processorSeconds } from './process-facts.ts';
import type { Verdict } from './verdict.ts';

const WORKLOADS = 200;
const NAMESPACES = 10;
const SCRAPE_SECONDS = 10;
const SCRAPES = 13;
const WINDOW_SECONDS = 60;
const RUNS = 8;
/** A tick of /proc is 10 ms: F is asked several times in a row. */
const F_TIMES = 2;
/** After the first, at which everything is asked; by turns. */
const LATENCY_TURN = 3;
const BYTES_TURN = 1;
const TRAFFIC_TURN = 2;
const NEW_PODS = Array.from({ length: 10 }, (_, index) => `service-${index * 7}-6d5f8c9b7d-${index * 7}x0`);
const F = `sum by (namespace, deployment, dst_namespace, dst_deployment, tls, classification) (rate(response_total{direction="outbound"}[${WINDOW_SECONDS}s]))`;

interface Store {
  readonly url: string;
  readonly pid: number;
  readonly atSeconds: number;
}

interface Cost {
  readonly prometheusMs: number;
  readonly wallMs: number;
}

const WHOLE_HISTOGRAMS = { commonBoundsMs: null, lastFromCount: false, reaching: null };
/** One namespace of ten, for its edges' latencies. */
const IN_VIEW = { questions: questionsOf(LATENCY_TURN, false, { inView: ['team-3'] }) };

export async function collectorBench(): Promise<Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-bench-'));
  const { url, child } = await startPrometheus({
    binary: await findPrometheus(),
    folder,
    flags: ['--web.enable-remote-write-receiver'],
  });
  try {
    const atSeconds = Math.floor(Date.now() / 1000);
    const times = Array.from({ length: SCRAPES }, (_, i) => atSeconds - (SCRAPES - 1 - i) * SCRAPE_SECONDS);
    const count = await remoteWrite(url, written(largeMesh(WORKLOADS, NAMESPACES), times));
    console.log(`${WORKLOADS} workloads, ${count} series`);
    return await measureAll({ url, pid: child.process.pid as number, atSeconds });
  } finally {
    await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a round asks before the others. */
const NEWS = {
  part: 'news',
  text: () =>
    newsQuery(
      {
        matchers: [],
        windowSeconds: WINDOW_SECONDS,
        intervalSeconds: SCRAPE_SECONDS,
        withoutVersions: false,
      },
      NEW_PODS.length,
    ),
};

async function measureAll(store: Store): Promise<Verdict[]> {
  const kinds = [
    { name: 'refresh of traffic', questions: questionsOf(TRAFFIC_TURN, false), most: 8 },
    {
      name: 'refresh of traffic when something is new in ten pods',
      questions: questionsOf(TRAFFIC_TURN, false, { newPods: NEW_PODS }),
      most: 8,
    },
    {
      name: 'refresh of traffic when something is new in any pod',
      questions: questionsOf(TRAFFIC_TURN, false, { newPods: null }),
      most: 9,
    },
    { name: 'refresh with bytes', questions: questionsOf(BYTES_TURN, false), most: 16 },
    { name: 'refresh with latencies, 14 bounds', questions: questionsOf(LATENCY_TURN, true), most: 16 },
    { name: 'refresh with latencies, 26 bounds', questions: questionsOf(LATENCY_TURN, false), most: 22 },
  ];
  const ratios = new Map<string, number>();
  let wallMs = 0;
  console.log('processor time and samples, as multiples of those of F:');
  for (const { part, text: toText } of [NEWS, ...[...kinds, IN_VIEW].flatMap(({ questions }) => questions)]) {
    const text = toText('sum');
    if (ratios.has(text)) continue;
    const found = await compared(store, text);
    ratios.set(text, found.ratio);
    wallMs = found.unitWallMs;
    const samples = (await touched(store, text)) / (await touched(store, F));
    console.log(
      `  ${part.padEnd(16)} ${found.ratio.toFixed(2).padStart(6)} ${samples.toFixed(2).padStart(6)}`,
    );
  }
  const texts = await askAll(store, questionsOf(0, false));
  return [
    ...kinds.map(({ name, questions, most }) =>
      verdict(
        `Prometheus' time for a ${name}`,
        [NEWS, ...questions].reduce((sum, { text }) => sum + (ratios.get(text('sum')) ?? 0), 0),
        most,
      ),
    ),
    verdict(
      'our own time for a traffic refresh',
      ownMs({
        texts,
        traffic: questionsOf(TRAFFIC_TURN, false).map(({ part }) => part),
        atSeconds: store.atSeconds,
        windowSeconds: WINDOW_SECONDS,
        scrapeSeconds: SCRAPE_SECONDS,
      }) / wallMs,
      0.25,
    ),
  ];
}

/** A question and F by turns: garbage that one leaves is collected while the other is asked, and machines get busy. */
async function compared(store: Store, text: string): Promise<{ ratio: number; unitWallMs: number }> {
  await ask(store, text);
  let [unitMs, foundMs, unitWallMs] = [0, 0, 0];
  for (let run = 0; run < RUNS; run++) {
    const unit = await costOf(store, async () => {
      for (let i = 0; i < F_TIMES; i++) await ask(store, F);
    });
    const found = await costOf(store, async () => void (await ask(store, text)));
    unitMs += unit.prometheusMs / F_TIMES;
    foundMs += found.prometheusMs;
    unitWallMs += unit.wallMs / F_TIMES / RUNS;
  }
  return { ratio: foundMs / unitMs, unitWallMs };
}

function verdict(what: string, value: number, most: number): Verdict {
  return { what: `${what}, in F`, value, budget: `at most ${most}`, kept: value <= most };
}

/** As for viewers of the whole mesh, which is too large for the latencies of all edges, unless a namespace is in view. */
function questionsOf(
  turn: number,
  coarse: boolean,
  { inView = [], newPods }: { inView?: readonly string[]; newPods?: readonly string[] | null } = {},
): Query[] {
  // Rounds with more than traffic are measured as in a mesh in which something always is new.
  const hasNew = newPods !== undefined || turn !== TRAFFIC_TURN;
  const scope = {
    matchers: [],
    barePods: false,
    windowSeconds: WINDOW_SECONDS,
    newPods: newPods ?? null,
    coarse,
    probeRoutes: [],
    intervalSeconds: SCRAPE_SECONDS,
    withoutVersions: false,
    isMetricsQl: false,
    ...WHOLE_HISTOGRAMS,
  };
  return QUESTIONS.flatMap((question) => {
    const part = new Part(question);
    part.want([{ outboundLatency: inView }], WORKLOADS);
    // The dear questions never ask for what is new in a mesh where nothing is; those about traffic in a full round.
    const withNew = hasNew && question.tier === 'traffic';
    return part.isDue(turn, false) ? [part.toQuery({ ...scope, withNew, renamed: false, oldPods: [] })] : [];
  });
}

async function ask({ url, atSeconds }: Store, query: string, stats = ''): Promise<string> {
  const body = new URLSearchParams({ query, time: String(atSeconds), stats });
  const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Prometheus answered ${answer.status}: ${text.slice(0, 300)}`);
  return text;
}

/** One after the other: side by side they would also measure how the processors are shared. */
async function askAll(store: Store, questions: readonly Query[]): Promise<Texts> {
  const texts: Texts = {};
  for (const { part, text } of questions) texts[part] = await ask(store, text('sum'));
  return texts;
}

async function costOf({ pid }: Store, work: () => Promise<void>): Promise<Cost> {
  const before = await processorSeconds(pid);
  const started = performance.now();
  await work();
  return {
    prometheusMs: ((await processorSeconds(pid)) - before) * 1000,
    wallMs: performance.now() - started,
  };
}

/** The samples that a question reads: what its cost is made of, without the noise of a clock. */
async function touched(store: Store, query: string): Promise<number> {
  const { data } = JSON.parse(await ask(store, query, 'all'));
  return data.stats.samples.totalQueryableSamples;
}
