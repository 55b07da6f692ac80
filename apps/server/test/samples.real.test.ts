// Pages and fragments of every proxy version that someone published, scraped by a real Prometheus: none may mislead.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import { toWorkloads } from '../src/mesh/workloads.ts';
import { SAMPLE_PAGES, type SampleEdge, type SamplePage } from './inputs/sample-pages.ts';
import { readSample, toTargets, withResponses } from './inputs/sample-target.ts';
import { type ScrapedSamples, scrapeSamples } from './inputs/scraped-samples.ts';

const FILES = readdirSync(join(import.meta.dirname, '..', '..', '..', 'recordings', 'samples'))
  .filter((name) => name.endsWith('.prom.gz'))
  .map((name) => name.replace('.prom.gz', ''))
  .sort();
const WITHIN = 0.1;

let samples: ScrapedSamples;

beforeAll(async () => {
  const targets = Object.entries(SAMPLE_PAGES).flatMap(([file, { labels, addResponses }]) => {
    const text = readSample(file);
    return toTargets(file, addResponses ? withResponses(text) : text, { ...labels, page: file });
  });
  samples = await scrapeSamples(targets);
});
afterAll(() => samples?.stop());

const keyOf = ({ source, target }: { source: string; target: string }) => `${source} → ${target}`;

function near(perSecond: number | null | undefined, perMinute: number, what: string): void {
  const actual = (perSecond ?? Number.NaN) * 60;
  expect(
    Math.abs(actual - perMinute) <= WITHIN * perMinute,
    `${what}: ${actual} is not about ${perMinute} a minute`,
  ).toBe(true);
}

async function read(file: string, { namespaces = [] }: SamplePage) {
  const mesh = await samples.read(`page="${file}"`);
  const scope = { namespaces, noise: 'hide' } as const;
  return { graph: toGraph(mesh, scope), ...toWorkloads(mesh, scope) };
}

it('has every page', () => {
  expect(Object.keys(SAMPLE_PAGES).sort()).toEqual(FILES);
});

describe.each(FILES)('%s', (file) => {
  const page = SAMPLE_PAGES[file] as SamplePage;
  let answer: Awaited<ReturnType<typeof read>>;
  const edgeOf = (wanted: SampleEdge) =>
    answer.graph.edges.find((edge) => keyOf(edge) === keyOf(wanted)) ?? null;

  beforeAll(async () => {
    answer = await read(file, page);
  });

  it('answers every part', () => {
    const parts = Object.entries(answer.graph.parts);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.filter(([, { state }]) => state !== 'fresh')).toEqual([]);
  });

  it('has its edges and no other', () => {
    expect(answer.graph.edges.map(keyOf).sort()).toEqual(page.edges.map(keyOf).sort());
  });

  it('has the locks, with their reasons', () => {
    for (const wanted of page.edges) {
      const { state, reasons, securedShare } = edgeOf(wanted)!.lock;
      expect(state, keyOf(wanted)).toBe(wanted.lock);
      expect(reasons.map(({ reason }) => reason).sort(), keyOf(wanted)).toEqual(wanted.reasons ?? []);
      expect(securedShare, keyOf(wanted)).toBe({ secured: 1, plaintext: 0 }[wanted.lock as string] ?? null);
    }
  });

  it('has the requests, and TCP where there are none', () => {
    for (const wanted of page.edges) {
      const { http, tcp } = edgeOf(wanted)!;
      if (wanted.requests === null) expect(http, keyOf(wanted)).toBeNull();
      else near(http?.rps, wanted.requests, keyOf(wanted));
      // Scraped while the counters grow: a busy machine shifts a scrape by a little.
      if (wanted.successRate !== undefined)
        expect(Math.abs(http!.successRate! - wanted.successRate), keyOf(wanted)).toBeLessThan(0.05);
      if (wanted.tcp) expect(tcp, keyOf(wanted)).not.toBeNull();
    }
  });

  it('tells what was refused and what got nowhere', () => {
    for (const wanted of page.edges) {
      const { refused, unreached } = edgeOf(wanted)!;
      expect(refused === null, `${keyOf(wanted)} refused`).toBe(wanted.refused === undefined);
      for (const [kind, rate] of Object.entries(refused ?? {}))
        near(rate, wanted.refused?.[kind] ?? 0, `${keyOf(wanted)} ${kind}`);
      expect(Object.keys(unreached ?? {}).sort(), keyOf(wanted)).toEqual(
        Object.keys(wanted.unreached ?? {}).sort(),
      );
      for (const [error, rate] of Object.entries(wanted.unreached ?? {}))
        near(unreached?.[error], rate, `${keyOf(wanted)} ${error}`);
    }
  });

  it('has what workloads received and refused', () => {
    const golden = answer.workloads.flatMap(({ id, golden }) => (golden ? [[id, golden.rps] as const] : []));
    expect(golden.map(([id]) => id).sort()).toEqual(Object.keys(page.golden ?? {}).sort());
    for (const [id, rps] of golden) near(rps, page.golden?.[id] ?? 0, id);
    const denied = answer.workloads.filter(({ denied }) => denied);
    expect(denied.map(({ id }) => id).sort()).toEqual(Object.keys(page.denied ?? {}).sort());
    for (const { id, denied: rps } of denied) near(rps, page.denied?.[id] ?? 0, id);
  });
});

it('survives all of them at once, without a number that is none', async () => {
  const mesh = await samples.read();
  const everything = { namespaces: [], noise: 'show' } as const;
  const text = JSON.stringify(
    [toGraph(mesh, everything), toWorkloads(mesh, everything), mesh.history()],
    (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? 'NOT FINITE' : value),
  );
  expect(text).not.toContain('NOT FINITE');
  expect(toGraph(mesh, everything).edges.length).toBeGreaterThan(20);
});
