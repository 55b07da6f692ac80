// The questions about one (window, moment), asked again and again while someone listens. One for all viewers of it.

import type { MeshAnswers, Part } from '../mesh/answers.ts';
import { needsPods } from '../mesh/bare-pods.ts';
import { toDiagnoses } from '../mesh/diagnoses.ts';
import { HistoryRing } from '../mesh/history.ts';
import { type Mesh, toMesh } from '../mesh/mesh.ts';
import type { PrometheusClient } from '../sources/prometheus/client.ts';
import type { Sample } from '../sources/prometheus/sample.ts';
import { historyQuery } from '../sources/prometheus/start-up.ts';
import type { Sink } from './feed.ts';
import { pauseSeconds, widenWindow } from './pace.ts';
import { PartStates } from './part-states.ts';
import { toQuestions } from './questions.ts';
import type { StartUp } from './start-up-facts.ts';

export interface CollectionOptions {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly startUp: StartUp;
  readonly windowAskedSeconds: number;
  /** Null: now, and again. A moment is asked once. */
  readonly atSeconds: number | null;
}

const HISTORY_POINTS = 60;
const HISTORY_STEP_SECONDS = 10;
const LARGE_MESH_WORKLOADS = 300;
const SLOW_LATENCY_MS = 1_000;

export class Collection {
  readonly #options: CollectionOptions;
  readonly #sinks = new Set<Sink<Mesh>>();
  readonly #answers = new Map<Part, readonly Sample[]>();
  readonly #parts = new PartStates();
  #history: HistoryRing | null = null;
  #historyFilled = false;
  #turn = 0;
  #coarse = false;
  #mesh: Mesh | null = null;
  #trouble: unknown = null;
  #timer: NodeJS.Timeout | undefined;
  #asking: AbortController | null = null;
  #dueMs = 0;

  constructor(options: CollectionOptions) {
    this.#options = options;
  }

  get viewers(): number {
    return this.#sinks.size;
  }

  join(sink: Sink<Mesh>): void {
    this.#sinks.add(sink);
    if (this.#mesh) sink.data(this.#mesh);
    if (this.#trouble) sink.trouble(this.#trouble);
    this.#schedule();
  }

  /** For one who wants a value of now, not of a while ago: null when the last one is older than its turn. */
  current(): Mesh | null {
    const { now, atSeconds } = this.#options;
    return this.#trouble === null && (atSeconds !== null || now() < this.#dueMs) ? this.#mesh : null;
  }

  leave(sink: Sink<Mesh>): void {
    this.#sinks.delete(sink);
    if (this.#sinks.size === 0) this.stop();
  }

  stop(): void {
    this.#sinks.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort();
    this.#asking = null;
  }

  #schedule(): void {
    if (this.#sinks.size === 0 || this.#timer || this.#asking) return;
    const delayMs = Math.max(0, this.#dueMs - this.#options.now());
    if (!Number.isFinite(delayMs)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, delayMs);
  }

  async #refresh(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const { now, atSeconds, startUp } = this.#options;
    const startedMs = now();
    const moment = atSeconds ?? startedMs / 1000;
    let failed = true;
    try {
      const interval = await startUp.scrapeInterval(moment, asking.signal);
      failed = await this.#ask(moment, interval, asking.signal);
      if (asking.signal.aborted) return;
    } catch (error) {
      if (asking.signal.aborted) return;
      this.#fail(error);
    }
    this.#asking = null;
    const tookSeconds = (now() - startedMs) / 1000;
    const pause = pauseSeconds(startUp.knownInterval(), tookSeconds, failed);
    this.#dueMs = atSeconds !== null && !failed ? Number.POSITIVE_INFINITY : startedMs + pause * 1000;
    this.#schedule();
  }

  /** Returns whether something has to be asked again soon. */
  async #ask(moment: number, interval: number | null, signal: AbortSignal): Promise<boolean> {
    const { client, matchers, windowAskedSeconds, startUp } = this.#options;
    const windowSeconds = widenWindow(windowAskedSeconds, interval);
    const scope = { matchers, windowSeconds, barePods: startUp.barePods, coarse: this.#coarse };
    const questions = toQuestions(scope, this.#turn);
    const history = this.#fillHistory(moment, interval, windowSeconds, signal);
    const outcomes = await Promise.all(
      questions.map(async ({ part, tier, text }) => {
        const startedMs = this.#options.now();
        try {
          const samples = await client.query(text, { tier, atSeconds: moment, signal });
          return { part, samples, error: null, tookMs: this.#options.now() - startedMs };
        } catch (error) {
          return { part, samples: null, error, tookMs: 0 };
        }
      }),
    );
    await history;
    if (signal.aborted) return false;

    const nowMs = this.#options.now();
    for (const { part, samples, error } of outcomes) {
      if (samples) {
        this.#answers.set(part, samples);
        this.#parts.fresh(part, nowMs);
      } else this.#parts.failed(part, nowMs, error);
    }
    const errors = outcomes.filter(({ samples }) => !samples).map(({ error }) => error);
    if (errors.length === outcomes.length) {
      this.#fail(errors[0]);
      return true;
    }
    if (!scope.barePods && outcomes.some(({ samples }) => samples && needsPods(samples))) {
      // Seen once, it holds for the whole mesh: ask the same once more, now by pod where nothing else names an end.
      startUp.barePods = true;
      return this.#ask(moment, interval, signal);
    }
    const inbound = this.#answers.get('inbound');
    if (inbound) this.#history?.record(moment, inbound);
    this.#turn = errors.length === 0 ? this.#turn + 1 : 0;
    await this.#publish(moment, interval, windowSeconds, signal);
    const slowMs = Math.max(
      0,
      ...outcomes.filter(({ part }) => part.endsWith('Latency')).map(({ tookMs }) => tookMs),
    );
    this.#coarse =
      slowMs > SLOW_LATENCY_MS || this.#workloads() > LARGE_MESH_WORKLOADS || (this.#coarse && slowMs === 0);
    return errors.length > 0;
  }

  #workloads(): number {
    return this.#mesh?.picture(false).nodes.size ?? 0;
  }

  async #publish(
    atSeconds: number,
    interval: number | null,
    windowSeconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { windowAskedSeconds, startUp } = this.#options;
    const answers: MeshAnswers = Object.fromEntries(this.#answers);
    const facts = {
      atSeconds,
      windowSeconds,
      windowAskedSeconds,
      scrapeIntervalSeconds: interval,
      answers,
      parts: this.#parts.toParts(),
      history: () => this.#toHistory(atSeconds),
    };
    const joined = toMesh({ ...facts, diagnoses: [] });
    const picture = joined.picture(false);
    const families = picture.nodes.size === 0 ? await startUp.families(atSeconds, signal) : null;
    if (signal.aborted) return;
    const diagnoses = toDiagnoses({
      answers,
      picture,
      families,
      windowSeconds,
      windowAskedSeconds,
      scrapeIntervalSeconds: interval,
      coarseLatency: this.#coarse,
    });
    this.#mesh = { ...joined, diagnoses };
    this.#trouble = null;
    for (const sink of [...this.#sinks]) sink.data(this.#mesh);
  }

  #fail(error: unknown): void {
    this.#trouble = error;
    this.#turn = 0;
    if (this.#mesh) this.#mesh = { ...this.#mesh, parts: this.#parts.toParts() };
    for (const sink of [...this.#sinks]) sink.trouble(error);
  }

  #toHistory(atSeconds: number) {
    return (this.#history ?? new HistoryRing(HISTORY_STEP_SECONDS, HISTORY_POINTS)).toHistory(atSeconds);
  }

  /** Once; what it brings is only for sparklines, so that its trouble is its own part's. */
  async #fillHistory(
    moment: number,
    interval: number | null,
    windowSeconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#historyFilled) return;
    const step = Math.max(HISTORY_STEP_SECONDS, Math.ceil(interval ?? 0));
    if (this.#history?.stepSeconds !== step) this.#history = new HistoryRing(step, HISTORY_POINTS);
    const end = Math.floor(moment / step) * step;
    try {
      const lines = await this.#options.client.queryRange(
        historyQuery(this.#options.matchers, windowSeconds),
        {
          tier: 'history',
          startSeconds: end - step * (HISTORY_POINTS - 1),
          endSeconds: end,
          stepSeconds: step,
          signal,
        },
      );
      this.#history.fill(lines);
      this.#historyFilled = true;
      this.#parts.fresh('history', this.#options.now());
    } catch (error) {
      if (!signal.aborted) this.#parts.failed('history', this.#options.now(), error);
    }
  }
}
