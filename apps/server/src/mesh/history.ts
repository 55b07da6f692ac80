// The recent past of every workload's rate and success: filled once from the store, then kept by what is measured anyway.

import type { History } from '@latchwork/shared/history';
import type { Sample, SampleLine } from '../sources/prometheus/sample.ts';
import { sourceOf } from './flows/peer.ts';
import { Responses } from './flows/responses.ts';
import { isNoise } from './noise.ts';

interface Moment {
  /** By workload id. */
  readonly rps: Map<string, Responses>;
}

const POINTS = 60;
const SHORTEST_STEP_SECONDS = 10;

export class HistoryRing {
  readonly stepSeconds: number;
  readonly length: number;
  /** By number of the step since 1970; only measured steps are there. */
  readonly #moments = new Map<number, Moment>();

  constructor(stepSeconds: number, length: number) {
    this.stepSeconds = stepSeconds;
    this.length = length;
  }

  /** With a step that no scrape interval exceeds: `known` when that is its step already. */
  static forInterval(intervalSeconds: number | null, known: HistoryRing | null): HistoryRing {
    const step = Math.max(SHORTEST_STEP_SECONDS, Math.ceil(intervalSeconds ?? 0));
    return known?.stepSeconds === step ? known : new HistoryRing(step, POINTS);
  }

  /** What the store remembers; steps that were measured since are left as they are. */
  fill(lines: readonly SampleLine[]): void {
    const fresh = new Set(this.#moments.keys());
    for (const { labels, points } of lines)
      if (!isNoise(labels))
        for (const [at, value] of points) {
          const step = this.#stepOf(at);
          if (!fresh.has(step)) this.#add(step, labels, value);
        }
  }

  /** `inbound`: responses a second by workload, as the collector asks for anyway. The last one in a step stays. */
  record(atSeconds: number, inbound: readonly Sample[]): void {
    const step = this.#stepOf(atSeconds);
    this.#moments.set(step, { rps: new Map() });
    for (const { labels, value } of inbound) if (!isNoise(labels)) this.#add(step, labels, value);
    for (const known of this.#moments.keys()) if (known <= step - this.length) this.#moments.delete(known);
  }

  #stepOf(atSeconds: number): number {
    return Math.floor(atSeconds / this.stepSeconds);
  }

  #add(step: number, labels: Sample['labels'], value: number): void {
    const id = sourceOf(labels)?.id;
    if (!id || !Number.isFinite(value)) return;
    const moment = this.#moments.get(step) ?? { rps: new Map() };
    this.#moments.set(step, moment);
    const entry = moment.rps.get(id) ?? new Responses();
    entry.add(labels, value);
    moment.rps.set(id, entry);
  }

  /** Ends with the step of `atSeconds`. A step in which a workload had no series is null, not 0. */
  toHistory(atSeconds: number): History {
    const last = this.#stepOf(atSeconds);
    const first = last - this.length + 1;
    const steps = Array.from({ length: this.length }, (_, index) => first + index);
    const ids = new Set(steps.flatMap((step) => [...(this.#moments.get(step)?.rps.keys() ?? [])]));
    const workloads: History['workloads'] = {};
    for (const id of [...ids].sort()) {
      const entries = steps.map((step) => this.#moments.get(step)?.rps.get(id) ?? null);
      workloads[id] = {
        rps: entries.map((entry) => entry?.rps ?? null),
        successRate: entries.map((entry) => entry?.successRate ?? null),
      };
    }
    return {
      start: new Date(first * this.stepSeconds * 1000).toISOString(),
      stepSeconds: this.stepSeconds,
      workloads,
    };
  }
}
