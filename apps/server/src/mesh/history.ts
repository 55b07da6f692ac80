// The recent past of every workload's rate and success: filled once from the store, then kept by what is measured anyway.

import type { History } from '@latchwork/shared/history';
import type { Sample, SampleLine } from '../sources/prometheus/sample.ts';
import { sourceOf } from './flows/peer.ts';
import { isNoise } from './noise.ts';

const POINTS = 60;
const SHORTEST_STEP_SECONDS = 10;

/** Of one workload, by slot; a collection of a large mesh has a thousand of them. NaN: no series in that step. */
class Track {
  readonly rps: Float64Array;
  /** Of `rps`, those whose series say how they ended. */
  readonly judged: Float64Array;
  readonly successes: Float64Array;
  /** In which it had a series last. */
  lastStep = Number.NEGATIVE_INFINITY;

  constructor(length: number) {
    this.rps = new Float64Array(length).fill(Number.NaN);
    this.judged = new Float64Array(length);
    this.successes = new Float64Array(length);
  }

  clear(slot: number): void {
    this.rps[slot] = Number.NaN;
    this.judged[slot] = 0;
    this.successes[slot] = 0;
  }

  add(slot: number, { classification }: Sample['labels'], value: number): void {
    const before = this.rps[slot] ?? 0;
    this.rps[slot] = value + (Number.isNaN(before) ? 0 : before);
    if (classification) this.judged[slot] = value + (this.judged[slot] ?? 0);
    if (classification === 'success') this.successes[slot] = value + (this.successes[slot] ?? 0);
  }

  rpsAt(slot: number): number | null {
    const rps = this.rps[slot] ?? Number.NaN;
    return Number.isNaN(rps) ? null : rps;
  }

  /** 0 to 1; null when nothing says how the responses ended. */
  successRateAt(slot: number): number | null {
    const judged = this.judged[slot] ?? 0;
    return judged > 0 ? (this.successes[slot] ?? 0) / judged : null;
  }
}

export class HistoryRing {
  readonly stepSeconds: number;
  readonly length: number;
  /** By workload id. */
  readonly #tracks = new Map<string, Track>();
  /** By slot, the number since 1970 of the step that is there; null: none was measured. */
  readonly #steps: (number | null)[];

  constructor(stepSeconds: number, length: number) {
    this.stepSeconds = stepSeconds;
    this.length = length;
    this.#steps = Array.from({ length }, () => null);
  }

  /** With a step that no scrape interval exceeds: `known` when that is its step already. */
  static forInterval(intervalSeconds: number | null, known: HistoryRing | null): HistoryRing {
    const step = Math.max(SHORTEST_STEP_SECONDS, Math.ceil(intervalSeconds ?? 0));
    return known?.stepSeconds === step ? known : new HistoryRing(step, POINTS);
  }

  /** What the store remembers; steps that were measured since are left as they are. */
  fill(lines: readonly SampleLine[]): void {
    const measured = new Set(this.#steps);
    const newest = Math.max(...[...measured].map((step) => step ?? Number.NEGATIVE_INFINITY));
    for (const { labels, points } of lines)
      if (!isNoise(labels))
        for (const [at, value] of points) {
          const step = this.#stepOf(at);
          if (measured.has(step) || step <= newest - this.length) continue;
          if (this.#steps[this.#slotOf(step)] !== step) this.#begin(step);
          this.#add(step, labels, value);
        }
  }

  /** `inbound`: responses a second by workload, as the collector asks for anyway. The last one in a step stays. */
  record(atSeconds: number, inbound: readonly Sample[]): void {
    const step = this.#stepOf(atSeconds);
    for (const [slot, known] of this.#steps.entries())
      if (known !== null && known <= step - this.length) this.#clear(slot);
    for (const [id, { lastStep }] of this.#tracks)
      if (lastStep <= step - this.length) this.#tracks.delete(id);
    this.#begin(step);
    for (const { labels, value } of inbound) if (!isNoise(labels)) this.#add(step, labels, value);
  }

  #stepOf(atSeconds: number): number {
    return Math.floor(atSeconds / this.stepSeconds);
  }

  #slotOf(step: number): number {
    return ((step % this.length) + this.length) % this.length;
  }

  #begin(step: number): void {
    const slot = this.#slotOf(step);
    this.#clear(slot);
    this.#steps[slot] = step;
  }

  #clear(slot: number): void {
    this.#steps[slot] = null;
    for (const track of this.#tracks.values()) track.clear(slot);
  }

  #add(step: number, labels: Sample['labels'], value: number): void {
    const id = sourceOf(labels)?.id;
    if (!id || !Number.isFinite(value)) return;
    const track = this.#tracks.get(id) ?? new Track(this.length);
    this.#tracks.set(id, track);
    track.lastStep = Math.max(track.lastStep, step);
    track.add(this.#slotOf(step), labels, value);
  }

  /** Ends with the step of `atSeconds`. A step in which a workload had no series is null, not 0. */
  toHistory(atSeconds: number): History {
    const last = this.#stepOf(atSeconds);
    const first = last - this.length + 1;
    /** Null: nobody measured that step. */
    const slots = Array.from({ length: this.length }, (_, index) => {
      const slot = this.#slotOf(first + index);
      return this.#steps[slot] === first + index ? slot : null;
    });
    const workloads: History['workloads'] = {};
    for (const [id, track] of [...this.#tracks].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const rps = slots.map((slot) => (slot === null ? null : track.rpsAt(slot)));
      if (rps.every((point) => point === null)) continue;
      workloads[id] = {
        rps,
        successRate: slots.map((slot) => (slot === null ? null : track.successRateAt(slot))),
      };
    }
    return {
      start: new Date(first * this.stepSeconds * 1000).toISOString(),
      stepSeconds: this.stepSeconds,
      workloads,
    };
  }
}
