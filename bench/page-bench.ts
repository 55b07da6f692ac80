// The page in a real Chromium, in front of the real server, on made-up meshes of two kinds and on the sample meshes:
// from data to the first useful picture, the longest task, frames while panning, bytes a refresh, memory.
// `PAGE_MESHES='teams 1000'` (a pattern) takes some of them.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { sampleMeshes } from '@latchwork/graph/quality/recordings';
import { type Browser, chromium } from '@playwright/test';
import { findChromium } from '../scripts/binaries/chromium-binary.ts';
import { buildPage } from '../scripts/page.ts';
import { stopChild } from '../scripts/processes.ts';
import { startServer } from '../scripts/stack.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { startFakePrometheus } from './fake-prometheus.ts';
import type { MadeMesh } from './made-rows.ts';
import {
  framesInShape,
  framesWhilePanning,
  heapMb,
  readPage,
  untilPicture,
  untilRefreshed,
  walk,
  watchPage,
} from './page-probe.ts';
import { followPageWork, type Task, type WorkedIn } from './page-work.ts';
import { processorSeconds, residentMb } from './process-facts.ts';
import { teamMesh } from './team-mesh.ts';
import type { Verdict } from './verdict.ts';

/** Twice as often as Linkerd's own Prometheus: the server has the page's processors, which it has not elsewhere. */
const SCRAPE_SECONDS = 5;
const REFRESHES = 3;
const PAN_MS = 2_000;
const WALK_PAUSE_MS = 1_500;
const BROWSER_SETTLES_MS = 3_000;
const PICTURE_WITHIN_MS = 60_000;
const REFRESHED_WITHIN_MS = 120_000;

/** Workloads and namespaces. */
const SIZES = [
  [100, 10],
  [300, 20],
  [1000, 60],
  [3000, 120],
] as const;

interface Measured {
  readonly pictureMs: number;
  readonly openingTaskMs: number;
  readonly refreshTaskMs: number;
  readonly panningTaskMs: number;
  readonly walkTaskMs: number;
  readonly frames: number;
  /** The longest of all by the clock. */
  readonly lastedTaskMs: number;
  readonly matrixTaskMs: number;
  readonly matrixFrames: number;
  readonly tableTaskMs: number;
  readonly tableFrames: number;
  readonly bytes: number;
  readonly pageMb: number;
  readonly serverMb: number;
  readonly serverSeconds: number;
}

/** What is measured, in words, and the most it may be (the least for frames); null for what is only told. */
const COLUMNS: readonly (readonly [keyof Measured, string, number | null])[] = [
  ['pictureMs', 'picture after data, ms', 2_000],
  ['openingTaskMs', 'longest task: opening, ms', 100],
  ['refreshTaskMs', 'refresh, ms', 100],
  ['panningTaskMs', 'panning, ms', 100],
  ['frames', 'frames a second', 30],
  ['walkTaskMs', 'opening, selecting, searching, ms', 100],
  ['matrixTaskMs', 'matrix, ms', 100],
  ['matrixFrames', 'frames a second of the matrix', 50],
  ['tableTaskMs', 'table, ms', 100],
  ['tableFrames', 'frames a second of the table', 50],
  ['lastedTaskMs', 'longest task of all by the clock, ms', null],
  ['bytes', 'bytes a refresh', 150_000],
  ['pageMb', 'page, MB', 400],
  ['serverMb', 'server, MB', 200],
  ['serverSeconds', 'server s a refresh', 1],
];

/** Meant for meshes of up to 1,000 workloads; printed for larger ones, too. */
const OF_THOUSAND: ReadonlySet<keyof Measured> = new Set(['bytes', 'serverMb', 'serverSeconds']);
/** Each has some things outside the mesh beside its workloads. */
const THOUSAND = 1_200;

const LEAST: ReadonlySet<keyof Measured> = new Set(['frames', 'matrixFrames', 'tableFrames']);

function meshes(): Map<string, () => MadeMesh> {
  return new Map<string, () => MadeMesh>([
    ...SIZES.flatMap(([workloads, namespaces]): [string, () => MadeMesh][] => [
      [`teams ${workloads}`, () => teamMesh(workloads, namespaces)],
      [`dense ${workloads}`, () => denseMesh(workloads, namespaces)],
    ]),
    ...sampleMeshes(1000).map((mesh): [string, () => MadeMesh] => [`sample ${mesh.name}`, () => mesh]),
  ]);
}

export async function pageBench(): Promise<Verdict[]> {
  const wanted = new RegExp(process.env['PAGE_MESHES'] ?? '');
  await buildPage(console.log);
  const playwright = createRequire(import.meta.url).resolve('@playwright/test/package.json');
  const browser = await chromium.launch({
    executablePath: await findChromium(
      chromium.executablePath(),
      join(playwright, '..', 'cli.js'),
      console.log,
    ),
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const verdicts: Verdict[] = [];
  // A browser that has just started is busy with itself.
  const first = await browser.newPage();
  await first.goto('data:text/html,<p>started</p>');
  await first.waitForTimeout(BROWSER_SETTLES_MS);
  await first.close();
  console.log(`\n${'mesh'.padEnd(20)} ${COLUMNS.map(([, title]) => title).join(' | ')}`);
  try {
    for (const [name, make] of meshes()) {
      if (!wanted.test(name)) continue;
      const mesh = make();
      const measured = await measure(browser, mesh);
      const edges = `${mesh.nodes.length}/${mesh.edges.length}`;
      console.log(
        `${`${name} ${edges}`.padEnd(28)} ${COLUMNS.map(([key]) => shown(measured[key])).join(' | ')}`,
      );
      for (const [key, title, most] of COLUMNS) {
        if (most === null || (OF_THOUSAND.has(key) && mesh.nodes.length > THOUSAND)) continue;
        const value = measured[key];
        const isLeast = LEAST.has(key);
        const kept = isLeast ? value >= most : value <= most;
        const budget = `${isLeast ? 'at least' : 'at most'} ${most}`;
        verdicts.push({ what: `${name}: ${title}`, value, budget, kept });
      }
    }
  } finally {
    await browser.close();
  }
  return verdicts;
}

async function measure(browser: Browser, mesh: MadeMesh): Promise<Measured> {
  const prometheus = await startFakePrometheus(mesh, SCRAPE_SECONDS);
  const server = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  const proxy = await startCountingProxy(server.url);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const work = await followPageWork(browser);
  try {
    await watchPage(page);
    await page.goto(proxy.url);
    await untilPicture(page, PICTURE_WITHIN_MS);
    await page.waitForTimeout(SCRAPE_SECONDS * 1000);
    const opening = await readPage(page);
    const bytesBefore = proxy.bytes;
    const secondsBefore = await processorSeconds(server.child.process.pid as number);
    await untilRefreshed(page, REFRESHES, REFRESHED_WITHIN_MS);
    const bytes = proxy.bytes - bytesBefore;
    const refreshed = await readPage(page);
    const serverSeconds = (await processorSeconds(server.child.process.pid as number)) - secondsBefore;
    const frames = await framesWhilePanning(page, PAN_MS);
    const panned = await readPage(page);
    await walk(page, WALK_PAUSE_MS);
    const walked = await readPage(page);
    const matrixFrames = await framesInShape(page, 'matrix', PAN_MS, PICTURE_WITHIN_MS);
    const inMatrix = await readPage(page);
    const tableFrames = await framesInShape(page, 'table', PAN_MS, PICTURE_WITHIN_MS);
    const inTable = await readPage(page);
    if (prometheus.unknown.size > 0)
      console.log(`  not taught: ${[...prometheus.unknown].map((query) => query.slice(0, 120)).join('; ')}`);
    const workedIn = await work.stop();
    const all = [opening, refreshed, panned, walked, inMatrix, inTable].flatMap(({ tasks }) => tasks);
    return {
      pictureMs: (opening.pictureMs ?? Number.POSITIVE_INFINITY) - (opening.dataMs ?? 0),
      openingTaskMs: longestMs(opening.tasks, workedIn),
      refreshTaskMs: longestMs(refreshed.tasks, workedIn),
      panningTaskMs: longestMs(panned.tasks, workedIn),
      frames,
      walkTaskMs: longestMs(walked.tasks, workedIn),
      lastedTaskMs: longestMs(all, lastedMs),
      matrixTaskMs: longestMs(inMatrix.tasks, workedIn),
      matrixFrames: matrixFrames ?? 0,
      tableTaskMs: longestMs(inTable.tasks, workedIn),
      tableFrames: tableFrames ?? 0,
      bytes: bytes / refreshed.refreshes,
      pageMb: await heapMb(page),
      serverMb: await residentMb(server.child.process.pid as number),
      serverSeconds: serverSeconds / refreshed.refreshes,
    };
  } finally {
    await work.stop().catch(() => undefined);
    await page.close();
    proxy.close();
    await stopChild(server.child);
    prometheus.close();
  }
}

function longestMs(tasks: readonly Task[], of: WorkedIn): number {
  return Math.max(0, ...tasks.map(of));
}

function lastedMs({ fromMs, untilMs }: Task): number {
  return untilMs - fromMs;
}

function shown(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
