// The server's own processor time for a refresh, without the store's.

import type { MeshAnswers, PartName } from '../apps/server/src/mesh/answers.ts';
import { toGraph } from '../apps/server/src/mesh/graph.ts';
import { toMesh } from '../apps/server/src/mesh/mesh.ts';
import { toWorkloads } from '../apps/server/src/mesh/workloads.ts';
import { createJsonItems } from '../apps/server/src/network/json-items.ts';
import { toSample } from '../apps/server/src/sources/prometheus/rows.ts';
import type { Sample } from '../apps/server/src/sources/prometheus/sample.ts';

/** A server that runs for a while has compiled its code. */
const WARM_UPS = 100;
const RUNS = 50;

export type Texts = Partial<Record<PartName, string>>;

export interface OwnTimeAsk {
  /** Answers of a store, of all questions. */
  readonly texts: Texts;
  /** Those that a traffic refresh asks. */
  readonly traffic: readonly string[];
  readonly atSeconds: number;
  readonly windowSeconds: number;
  readonly scrapeSeconds: number;
}

/** Processor time from the texts of a traffic refresh to the texts for viewers of the graph and of the table. */
export function ownMs({ texts, traffic, atSeconds, windowSeconds, scrapeSeconds }: OwnTimeAsk): number {
  const others = Object.keys(texts).filter((part) => !traffic.includes(part as PartName));
  const kept = toAnswers(texts, others);
  let spentMs = 0;
  for (let run = 0; run < WARM_UPS + RUNS; run++) {
    const before = process.cpuUsage();
    const mesh = toMesh({
      answers: { ...kept, ...toAnswers(texts, traffic) },
      atSeconds,
      windowSeconds,
      windowAskedSeconds: windowSeconds,
      scrapeIntervalSeconds: scrapeSeconds,
      lagSeconds: 0,
      parts: {},
      diagnoses: [],
      history: () => ({ start: '', stepSeconds: scrapeSeconds, workloads: {} }),
    });
    const whole = { namespaces: [], noise: 'hide' } as const;
    JSON.stringify([toGraph(mesh, whole), toWorkloads(mesh, whole)]);
    const { user, system } = process.cpuUsage(before);
    if (run >= WARM_UPS) spentMs += (user + system) / 1000 / RUNS;
  }
  return spentMs;
}

function toAnswers(texts: Texts, parts: readonly string[]): MeshAnswers {
  return Object.fromEntries(parts.map((part) => [part, samplesOf(texts[part as PartName] ?? '')]));
}

/** Piece by piece, as an answer comes. */
function samplesOf(text: string): Sample[] {
  const samples: Sample[] = [];
  const reading = createJsonItems({
    path: ['data', 'result'],
    onItem: (row) => samples.push(toSample(row) as Sample),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) reading.push(bytes.subarray(at, at + 65_536));
  reading.end();
  return samples;
}
