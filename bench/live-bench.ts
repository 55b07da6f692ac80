// What viewers cost the server, on a made-up mesh of 1,000 workloads: memory with twenty of them, bytes and processor time a
// refresh, and what a thousand of one topic cost more than twenty. On one of 3,000: whether memory stays as it is.

import { setTimeout as sleep } from 'node:timers/promises';
import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { stopChild } from '../scripts/processes.ts';
import { startServer } from '../scripts/stack.ts';
import { startFakePrometheus } from './fake-prometheus.ts';
import { keepWeighing, processorSeconds, residentMb } from './process-facts.ts';
import { followRaw, type RawViewer } from './raw-viewer.ts';
import type { Verdict } from './verdict.ts';

const WORKLOADS = 1_000;
const NAMESPACES = 60;
const SCRAPE_SECONDS = 2;
/** Of the collector: three rounds make a full turn, with latencies in one of them. */
const SETTLE_MS = 10_000;
const TURNS = 4;
const REFRESHES_IN_TURN = 3;
const LOOK_EVERY_MS = 200;
const MEASURE_WITHIN_MS = 60_000;
const FEW = 20;
const MANY = 1_000;
/** The server lets nobody in with more. */
const SOCKETS_OF_ONE_ADDRESS = 150;
const ON_ONE_SOCKET = 2;
const ONE_NAMESPACE = 'team-03';
const LARGE = { workloads: 3_000, namespaces: 120, settleMs: 30_000, stretches: 6, stretchMs: 20_000 };

interface Cost {
  readonly elapsedMs: number;
  readonly refreshes: number;
  readonly queries: number;
  readonly seconds: number;
  readonly bytes: number;
}

export async function liveBench(): Promise<Verdict[]> {
  const prometheus = await startFakePrometheus(denseMesh(WORKLOADS, NAMESPACES), SCRAPE_SECONDS);
  const { url, child } = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  const pid = child.process.pid as number;
  const viewers: RawViewer[] = [];
  try {
    const first = await followRaw(url, { topic: 'graph' });
    viewers.push(first);
    while (viewers.length < FEW) viewers.push(await followRaw(url, { topic: 'graph' }));
    await sleep(SETTLE_MS);
    const few = await costOf(pid, url, first, FEW);
    const memory = await residentMb(pid);
    while (viewers.length < FEW + (MANY - FEW) / ON_ONE_SOCKET) {
      const from = `127.0.0.${2 + Math.floor(viewers.length / SOCKETS_OF_ONE_ADDRESS)}`;
      viewers.push(await followRaw(url, { topic: 'graph', from, times: ON_ONE_SOCKET }));
    }
    await sleep(SETTLE_MS);
    const many = await costOf(pid, url, first, MANY);
    while (viewers.length > 0) viewers.pop()?.close();
    const one = await followRaw(url, { topic: 'graph', params: { namespace: [ONE_NAMESPACE] } });
    viewers.push(one);
    await sleep(SETTLE_MS);
    const narrow = await costOf(pid, url, one, 1);
    return [
      atMost('server with 20 viewers of 1,000 workloads, MB', memory, 200),
      atMost('own processor seconds a refresh', few.seconds / few.refreshes, 1),
      atMost('bytes a refresh, whole mesh', few.bytes / few.refreshes, 150_000),
      atMost('bytes a refresh, one namespace', narrow.bytes / narrow.refreshes, 20_000),
      atMost(
        'questions a second with 1,000 viewers, in those with 20',
        many.queries / many.elapsedMs / (few.queries / few.elapsedMs),
        1.1,
      ),
      atMost('own processor seconds a refresh with 1,000 viewers', many.seconds / many.refreshes, 2),
      await flatMemory(),
    ];
  } finally {
    for (const viewer of viewers) viewer.close();
    await stopChild(child);
    prometheus.close();
  }
}

/** The most that is resident of a large mesh in the last stretches of two minutes, in that of the first. */
async function flatMemory(): Promise<Verdict> {
  const { workloads, namespaces, settleMs, stretches, stretchMs } = LARGE;
  const prometheus = await startFakePrometheus(denseMesh(workloads, namespaces), SCRAPE_SECONDS);
  const { url, child } = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  const pid = child.process.pid as number;
  const viewers: RawViewer[] = [];
  try {
    while (viewers.length < FEW) viewers.push(await followRaw(url, { topic: 'graph' }));
    await sleep(settleMs);
    const ending = new AbortController();
    setTimeout(() => ending.abort(), stretches * stretchMs);
    const peaks = await keepWeighing(pid, stretchMs, ending.signal);
    console.log(`${workloads} workloads: at most ${peaks.map((mb) => mb.toFixed(0)).join(' ')} MB`);
    const half = stretches / 2;
    const most = (some: readonly number[]) => Math.max(...some);
    return atMost(
      'memory at 3,000 workloads, in that of a minute before',
      most(peaks.slice(half, stretches)) / most(peaks.slice(0, half)),
      1.15,
    );
  } finally {
    for (const viewer of viewers) viewer.close();
    await stopChild(child);
    prometheus.close();
  }
}

/** While `viewers` of one topic look on, each refresh is sent to each of them. Whole turns: rounds ask more and less. */
async function costOf(pid: number, url: string, viewer: RawViewer, viewers: number): Promise<Cost> {
  const [before, secondsBefore, bytesBefore] = [
    await countsOf(url),
    await processorSeconds(pid),
    viewer.bytes,
  ];
  const startedMs = performance.now();
  const deadline = Date.now() + MEASURE_WITHIN_MS;
  const refreshesOf = ({ sent }: { readonly sent: number }) => (sent - before.sent) / viewers;
  let after = before;
  while (refreshesOf(after) < TURNS * REFRESHES_IN_TURN && Date.now() < deadline) {
    await sleep(LOOK_EVERY_MS);
    after = await countsOf(url);
  }
  const elapsedMs = performance.now() - startedMs;
  const seconds = await processorSeconds(pid);
  return {
    elapsedMs,
    refreshes: refreshesOf(after),
    queries: after.queries - before.queries,
    seconds: seconds - secondsBefore,
    bytes: viewer.bytes - bytesBefore,
  };
}

async function countsOf(url: string): Promise<{ queries: number; sent: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return {
    queries: sum('latchwork_prometheus_query_seconds_count'),
    sent: sum('latchwork_snapshots_sent_total'),
  };
}

function atMost(what: string, value: number, most: number): Verdict {
  return { what, value, budget: `at most ${most}`, kept: value <= most };
}
