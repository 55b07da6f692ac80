// Rounds of questions about one (window, moment): which are due, asked together, and the mesh that comes of all that is
// known. Knows no question by name.

import type { Parts } from '@latchwork/shared/parts';
import type { MeshAnswers, Reaches } from '../../mesh/answers.ts';
import { type ClusterView, toPastView } from '../../mesh/cluster/cluster-view.ts';
import { toDiagnosedMesh } from '../../mesh/diagnosed-mesh.ts';
import { needsPods } from '../../mesh/flows/bare-pods.ts';
import { type Mesh, toMesh } from '../../mesh/mesh.ts';
import { isSilent, readSilence, refusedSilence, type Silence } from '../../mesh/silence.ts';
import { latencyScope } from '../../mesh/store/stored-bounds.ts';
import { toStoreAway } from '../../mesh/store-away.ts';
import { silenceQuery } from '../../sources/prometheus/start-up.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import type { Wants } from '../wants.ts';
import { askRound, type Outcome } from './ask-round.ts';
import { KeptHistory } from './kept-history.ts';
import { LatencyDetail } from './latency-detail.ts';
import { widenWindow } from './pace.ts';
import { Part } from './part.ts';
import { QUESTIONS } from './questions.ts';
import { inWords } from './standing.ts';
import type { StartUp } from './start-up-facts.ts';

export interface RoundsOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly startUp: StartUp;
  readonly windowAskedSeconds: number;
  /** Null without Kubernetes. */
  readonly cluster: ClusterFeed | null;
}

export interface RoundAsk {
  /** Unix seconds. */
  readonly moment: number;
  /** Of each one who looks. */
  readonly wants: readonly Wants[];
  /** The last round failed: one question first, the others only when it was answered. */
  readonly careful: boolean;
  readonly signal: AbortSignal;
}

/** Older than this, a moment is not now. */
const PAST_SECONDS = 300;

export class Rounds {
  readonly #options: RoundsOptions;
  readonly #parts = QUESTIONS.map((question) => new Part(question));
  readonly #history: KeptHistory;
  readonly #detail = new LatencyDetail();
  #turn = 0;
  #silent = false;
  #workloads = 0;
  /** Whether series without an owner have to be asked by pod: so until an answer shows that there are none. */
  #barePods = true;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#history = new KeptHistory({ client: options.startUp.store.client, now: options.now });
  }

  /** Nothing came: what is known is old from now on. */
  lose(error: unknown): void {
    for (const part of this.#parts) part.lose(error, this.#options.now());
  }

  /** The next round asks everything. */
  startOver(): void {
    this.#turn = 0;
    for (const part of this.#parts) part.forgetMisses();
    this.#history.forgetFill();
  }

  toParts(): Parts {
    const standings = this.#parts.map(({ question, standing }) => [question.part, standing] as const);
    return {
      ...Object.fromEntries(
        [['history', this.#history.standing] as const, ...standings].flatMap(([name, standing]) =>
          standing ? [[name, standing]] : [],
        ),
      ),
      ...this.#options.cluster?.parts(),
    };
  }

  /** Whether what is known has all that is wanted. */
  covers(wants: readonly Wants[]): boolean {
    // Where nothing moves there is no latency to ask for.
    return this.#silent || this.#parts.every((part) => part.covers(wants, this.#workloads));
  }

  /** What Kubernetes knows where the store says nothing: who there is, and no numbers. Null when it knows nothing, too. */
  withoutStore(atSeconds: number, error: unknown): Mesh | null {
    const { windowAskedSeconds, now } = this.#options;
    const view = this.#viewAt(atSeconds);
    if (view === null || view.workloads.size === 0) return null;
    for (const part of this.#parts) if (part.question.tier === 'traffic') part.fail(error, now());
    return toMesh({
      atSeconds,
      windowSeconds: windowAskedSeconds,
      windowAskedSeconds,
      scrapeIntervalSeconds: null,
      answers: {},
      cluster: view,
      parts: this.toParts(),
      diagnoses: [toStoreAway(error)],
      history: () => this.#history.toHistory(atSeconds, null),
    });
  }

  /** Throws when nothing was answered. */
  async ask({ moment, wants, careful, signal }: RoundAsk): Promise<{ mesh: Mesh; isComplete: boolean }> {
    const { startUp, cluster, windowAskedSeconds } = this.#options;
    // Which names to ask for is known from Kubernetes, if that answers in time.
    const [facts] = await Promise.all([startUp.facts(moment, signal), cluster?.settled()]);
    signal.throwIfAborted();
    const { client, matchers } = startUp.store;
    const { intervalSeconds } = facts;
    const windowSeconds = widenWindow(windowAskedSeconds, intervalSeconds);
    const coarse = this.#detail.isCoarse(facts.workloads);
    const view = this.#viewAt(moment);
    const probeRoutes = view?.probeRoutes ?? [];
    const latency = latencyScope(startUp.store.known);
    const scope = { matchers, windowSeconds, barePods: this.#barePods, coarse, probeRoutes, ...latency };
    const filling = careful
      ? null
      : this.#history.fill({ scope, intervalSeconds, cluster: view, moment, signal });

    this.#workloads = facts.workloads;
    for (const part of this.#parts) part.want(wants, facts.workloads);
    const due = this.#parts.filter((part) => part.isDue(this.#turn, this.#silent));
    const warnings = new Set<string>();
    const outcomes = await askRound(
      client,
      due.map((part) => part.toQuery(scope)),
      {
        atSeconds: moment,
        careful,
        signal,
        onWarnings: (more) => {
          for (const warning of more) warnings.add(warning);
        },
      },
    );
    await filling;
    signal.throwIfAborted();
    this.#keep(due, outcomes, moment, view);

    const answers = this.#answers();
    const silence = await this.#askSilence(answers, moment, signal);
    // What begins to move is asked for all it has in the next round.
    if (this.#silent && silence === null) this.#turn = 0;
    if (silence !== null) startUp.store.expire();
    this.#silent = silence !== null;
    const mesh = toDiagnosedMesh(
      {
        atSeconds: moment,
        windowSeconds,
        windowAskedSeconds,
        scrapeIntervalSeconds: intervalSeconds,
        answers,
        cluster: view,
        parts: this.toParts(),
        history: () => this.#history.toHistory(moment, intervalSeconds),
      },
      {
        facts,
        survey: startUp.store.known,
        silence,
        coarseLatency: coarse,
        reaches: this.#reaches(),
        warnings: [...warnings],
      },
    );
    return { mesh, isComplete: outcomes.every(({ samples }) => samples !== null) };
  }

  /** Throws when nothing was answered. */
  #keep(
    due: readonly Part[],
    outcomes: readonly Outcome[],
    moment: number,
    cluster: ClusterView | null,
  ): void {
    for (const [index, outcome] of outcomes.entries()) due[index]?.keep(outcome, this.#options.now());
    const answered = outcomes.flatMap(({ samples }) => (samples ? [samples] : []));
    if (answered.length === 0) throw outcomes[0]?.error;
    this.#detail.learn(outcomes.filter((_, index) => due[index]?.question.isHistogram));
    if (!this.#silent || due.some(({ question }) => question.tier === 'latency')) this.#turn++;
    this.#barePods = answered.some(needsPods);
    const inbound = outcomes.find(({ part }) => part === 'inbound')?.samples;
    if (inbound) this.#history.record(moment, inbound, cluster);
  }

  #answers(): MeshAnswers {
    return Object.fromEntries(
      this.#parts.flatMap(({ question, samples }) => (samples ? [[question.part, samples]] : [])),
    );
  }

  #reaches(): Reaches {
    return Object.fromEntries(this.#parts.map(({ question, reach }) => [question.part, reach]));
  }

  /** Why nothing moves; null when something does. */
  async #askSilence(answers: MeshAnswers, atSeconds: number, signal: AbortSignal): Promise<Silence | null> {
    if (!isSilent(answers)) return null;
    const { client, matchers } = this.#options.startUp.store;
    try {
      return readSilence(await client.query(silenceQuery(matchers), { tier: 'traffic', atSeconds, signal }));
    } catch (error) {
      signal.throwIfAborted();
      return refusedSilence(inWords(error));
    }
  }

  /** Pods of now say nothing about what moved a while ago. */
  #viewAt(moment: number): ClusterView | null {
    const { cluster, now } = this.#options;
    const view = cluster?.current() ?? null;
    return view && now() / 1000 - moment > PAST_SECONDS ? toPastView(view) : view;
  }
}
