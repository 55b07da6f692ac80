// The questions about one (window, moment), asked again and again while someone listens. One for all viewers of it.

import type { Mesh } from '../../mesh/mesh.ts';
import { SourceError } from '../../sources/source-error.ts';
import { watchReturn } from '../cluster-return.ts';
import type { Sink, Stop } from '../feed.ts';
import type { Wants } from '../wants.ts';
import { Demand } from './demand.ts';
import { pauseSeconds } from './pace.ts';
import { Rounds, type RoundsOptions } from './rounds.ts';

export interface CollectionOptions extends RoundsOptions {
  /** Null: now, and again. A moment is asked once. */
  readonly atSeconds: number | null;
  /** What is wrong with the way to the store; null when it is open. */
  readonly examineWay?: () => Promise<Error | null>;
}

/** Viewers of an older value are told that the next one is late after this, or after twice the usual time. */
const LATE_SECONDS = 5;

export class Collection {
  readonly #options: CollectionOptions;
  /** Who listens, and what each needs. */
  readonly #sinks = new Map<Sink<Mesh>, Wants>();
  readonly #rounds: Rounds;
  #mesh: Mesh | null = null;
  /** The mesh is what Kubernetes knows: nothing was ever measured. */
  #isUnmeasured = false;
  #trouble: unknown = null;
  #failed = false;
  #tookSeconds = 0;
  #timer: NodeJS.Timeout | undefined;
  #leaveCluster: Stop | null = null;
  #asking: AbortController | null = null;
  #dueMs = 0;
  readonly #demand = new Demand();
  /** Of the last round that asked all that was due. Unix seconds. */
  #moment: number | null = null;

  constructor(options: CollectionOptions) {
    this.#options = options;
    this.#rounds = new Rounds(options);
  }

  get viewers(): number {
    return this.#sinks.size;
  }

  join(sink: Sink<Mesh>, wants: Wants): void {
    this.#sinks.set(sink, wants);
    if (this.#mesh && !this.#rounds.covers([wants])) this.#want();
    // Each round looks at what is known by then.
    const { cluster } = this.#options;
    if (cluster) this.#leaveCluster ??= watchReturn(cluster, () => this.#hurry());
    if (this.#mesh) sink.data(this.#mesh);
    if (this.#trouble) sink.trouble(this.#trouble);
    this.#schedule();
  }

  /** For one who wants a value of now, not of a while ago: null when the last one is older than its turn, or has not all of it. */
  current(wants: Wants): Mesh | null {
    const { now, atSeconds } = this.#options;
    const isCurrent = this.#rounds.covers([wants]) && (atSeconds !== null || now() < this.#dueMs);
    return this.#trouble === null && isCurrent ? this.#mesh : null;
  }

  /** The last value, however old: its parts say so. */
  get last(): Mesh | null {
    return this.#mesh;
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
    this.#leaveCluster?.();
    this.#leaveCluster = null;
  }

  #schedule(): void {
    if (this.#sinks.size === 0 || this.#timer || this.#asking) return;
    const { now } = this.#options;
    // A store in trouble is asked for nothing beyond its turn.
    const wantedMs = this.#trouble === null ? this.#demand.dueMs : Number.POSITIVE_INFINITY;
    const delayMs = Math.max(0, Math.min(this.#dueMs, wantedMs) - now());
    if (!Number.isFinite(delayMs)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void (now() < this.#dueMs ? this.#supply() : this.#refresh());
    }, delayMs);
  }

  /** Looks again when the next round is. */
  #reschedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule();
  }

  /** Somebody looks at what the last round left out: a moment is asked once more for it. */
  #want(): void {
    if (this.#options.atSeconds !== null) this.#dueMs = 0;
    else this.#demand.raise();
    this.#reschedule();
  }

  /** Asks for what is wanted beyond the last round, of the same moment: it joins with what that one was told. */
  async #supply(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const { now } = this.#options;
    this.#demand.met(now());
    let mesh: Mesh | null = null;
    try {
      ({ mesh } = await this.#rounds.ask({
        ...{ moment: this.#moment ?? now() / 1000, wants: [...this.#sinks.values()] },
        ...{ careful: false, onlyOwed: true, signal: asking.signal },
      }));
    } catch {
      // Whether the store is gone is for the next round to say.
    }
    if (asking.signal.aborted) return;
    this.#asking = null;
    if (mesh) this.#publish(mesh);
    this.#schedule();
  }

  async #refresh(): Promise<void> {
    const asking = new AbortController();
    this.#asking = asking;
    const { now, atSeconds } = this.#options;
    const startedMs = now();
    this.#moment = atSeconds ?? startedMs / 1000;
    this.#demand.met(startedMs);
    const late = setTimeout(
      () => void this.#tellLate(asking),
      Math.max(LATE_SECONDS, this.#tookSeconds * 2) * 1000,
    );
    let answer: { mesh: Mesh; isComplete: boolean } | null = null;
    let trouble: unknown = null;
    try {
      answer = await this.#rounds.ask({
        moment: this.#moment,
        wants: [...this.#sinks.values()],
        careful: this.#failed,
        signal: asking.signal,
        onTraffic: (mesh) => this.#publish(mesh),
      });
    } catch (error) {
      trouble = error;
      // A store that refuses at once is faster than the cluster, which has something to show without it.
      if (this.#mesh === null) await this.#options.cluster?.settled();
    }
    clearTimeout(late);
    if (asking.signal.aborted) return;
    this.#asking = null;
    this.#failed = answer === null;
    this.#setDue(startedMs, answer?.isComplete ?? false);
    // Last, because whoever hears it may leave at once.
    if (answer) this.#publish(answer.mesh);
    else this.#fail(trouble);
    this.#schedule();
  }

  /** What failed while the cluster was away is asked when it is back. */
  #hurry(): void {
    if (!this.#failed || this.#asking) return;
    this.#dueMs = this.#options.now();
    this.#reschedule();
  }

  #setDue(startedMs: number, isComplete: boolean): void {
    const { now, atSeconds, startUp } = this.#options;
    this.#tookSeconds = (now() - startedMs) / 1000;
    const intervalSeconds = startUp.known?.intervalSeconds ?? null;
    const pause = pauseSeconds({ intervalSeconds, tookSeconds: this.#tookSeconds, failed: this.#failed });
    const isDone = isComplete && this.#rounds.covers([...this.#sinks.values()]);
    this.#dueMs = atSeconds !== null && isDone ? Number.POSITIVE_INFINITY : startedMs + pause * 1000;
  }

  #publish(mesh: Mesh): void {
    this.#mesh = mesh;
    this.#isUnmeasured = false;
    this.#trouble = null;
    void this.#handOut(mesh);
  }

  /** What each viewer makes of it is a piece of work of its own; whoever is overtaken by the next mesh gets that one. */
  async #handOut(mesh: Mesh): Promise<void> {
    for (const sink of [...this.#sinks.keys()]) {
      await this.#options.turn();
      if (this.#mesh === mesh && this.#sinks.has(sink)) sink.data(mesh);
    }
  }

  #fail(error: unknown): void {
    this.#rounds.startOver();
    this.#tell(error);
  }

  /** Without numbers there is still who there is. */
  #showCluster(error: unknown): void {
    const { now, atSeconds } = this.#options;
    const mesh = this.#rounds.withoutStore(atSeconds ?? now() / 1000, error);
    if (mesh === null) return;
    this.#mesh = mesh;
    this.#isUnmeasured = true;
    for (const sink of [...this.#sinks.keys()]) sink.data(mesh);
  }

  /** A store is not blamed for the way to it. */
  async #tellLate(asking: AbortController): Promise<void> {
    const { cluster, examineWay = async () => null } = this.#options;
    const hasSomething = this.#mesh ? this.#mesh.isWhole : Boolean(cluster);
    if (!hasSomething || this.#trouble) return;
    const closed = await examineWay().catch(() => null);
    if (this.#asking !== asking || this.#trouble) return;
    this.#tell(
      closed ??
        new SourceError({
          source: 'prometheus',
          kind: 'timed-out',
          message: `Prometheus has not answered for ${LATE_SECONDS} s`,
          remedy: 'this picture is the last one; if it takes long, look at the CPU and memory of Prometheus',
        }),
    );
  }

  #tell(error: unknown): void {
    this.#trouble = error;
    this.#rounds.lose(error);
    if (this.#mesh === null || this.#isUnmeasured) this.#showCluster(error);
    else this.#mesh = { ...this.#mesh, parts: this.#rounds.toParts() };
    for (const sink of [...this.#sinks.keys()]) sink.trouble(error);
  }
}
