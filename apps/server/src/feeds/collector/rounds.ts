// Rounds of questions about one (window, moment): which are due, asked together, and the mesh that comes of all that is
// known. Knows no question by name.

import type { Parts } from '@latchwork/shared/parts';
import type { MeshAnswers, Reaches } from '../../mesh/answers.ts';
import { type ClusterView, toPastView } from '../../mesh/cluster/cluster-view.ts';
import { toDiagnosedMesh } from '../../mesh/diagnosed-mesh.ts';
import { needsPods } from '../../mesh/flows/bare-pods.ts';
import { type Mesh, toMesh } from '../../mesh/mesh.ts';
import { isSilent, type Silence } from '../../mesh/silence.ts';
import { serviceKey } from '../../mesh/store/elsewhere.ts';
import { latencyScope } from '../../mesh/store/stored-bounds.ts';
import { toStoreAway } from '../../mesh/store-away.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import type { Wants } from '../wants.ts';
import { askPodsHere, askSilence, mayHaveNew } from './asides.ts';
import { askRound, type Outcome } from './ask-round.ts';
import { Completeness } from './completeness.ts';
import { DataStart } from './data-start.ts';
import { KeptHistory } from './kept-history.ts';
import { LatencyDetail } from './latency-detail.ts';
import { widenWindow } from './pace.ts';
import { Part, type RoundScope } from './part.ts';
import { QUESTIONS } from './questions.ts';
import { RecordedAnswers } from './recorded-answers.ts';
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
  /** Called once at most, before anything else was known. */
  readonly onTraffic?: (mesh: Mesh) => void;
}

interface Round {
  readonly mesh: Mesh;
  readonly isComplete: boolean;
}

type Span = Pick<Mesh, 'windowSeconds' | 'windowAskedSeconds'>;

/** Older than this, a moment is not now. */
const PAST_SECONDS = 300;

export class Rounds {
  readonly #options: RoundsOptions;
  readonly #parts = QUESTIONS.map((question) => new Part(question));
  readonly #history: KeptHistory;
  readonly #detail = new LatencyDetail();
  readonly #dataStart: DataStart;
  readonly #recorded: RecordedAnswers;
  readonly #completeness = new Completeness();
  #turn = 0;
  #silent = false;
  #workloads = 0;
  /** Whether series without an owner have to be asked by pod: so until an answer shows that there are none. */
  #barePods = true;
  #pods: readonly Sample[] | undefined;
  /** Whether some series began inside the window: so until an answer shows that none did. */
  #hasNew = true;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#dataStart = new DataStart(options.now);
    this.#history = new KeptHistory({ client: options.startUp.store.client, now: options.now });
    this.#recorded = new RecordedAnswers({ client: options.startUp.store.client, now: options.now });
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
        [
          ['history', this.#history.standing] as const,
          ['rules', this.#recorded.standing] as const,
          ['store', this.#completeness.standing] as const,
          ...standings,
        ].flatMap(([name, standing]) => (standing ? [[name, standing]] : [])),
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
      lagSeconds: 0,
      windowSeconds: windowAskedSeconds,
      windowAskedSeconds,
      scrapeIntervalSeconds: null,
      answers: {},
      cluster: view,
      parts: this.toParts(),
      diagnoses: [toStoreAway(error), ...view.findings],
      history: () => this.#history.toHistory(atSeconds, null),
    });
  }

  /** Throws when nothing was answered. `onTraffic` gets the first mesh without what is asked at a slower pace. */
  async ask({ moment: asked, wants, careful, signal, onTraffic }: RoundAsk): Promise<Round> {
    const { startUp, cluster } = this.#options;
    // Which names to ask for is known from Kubernetes, if that answers in time.
    const [{ facts, lagSeconds, isMetricsQl }] = await Promise.all([
      startUp.facts(asked, { careful, signal }),
      cluster?.settled(),
      careful ? null : this.#settleStart(asked, signal),
    ]);
    signal.throwIfAborted();
    const moment = asked - lagSeconds;
    // Asked in the same breath as long as nothing is late; what is late began later than that tells.
    if (lagSeconds > 0 && !careful) await this.#settleStart(moment, signal);
    const { intervalSeconds } = facts;
    if (intervalSeconds === null) this.#dataStart.expectSoon();
    const span = this.#spanOf(moment, intervalSeconds);
    const coarse = this.#detail.isCoarse(facts.workloads);
    const view = this.#viewAt(moment);
    const elsewhere = startUp.store.known.called?.elsewhere ?? null;
    const scope: RoundScope = {
      ...{ matchers: startUp.store.matchers, barePods: this.#barePods, coarse, intervalSeconds },
      ...{
        windowSeconds: span.windowSeconds,
        withNew: true,
        isMetricsQl,
        probeRoutes: view?.probeRoutes ?? [],
        reaching: elsewhere?.reaching ?? null,
      },
      ...latencyScope(startUp.store.known),
    };
    const filling = careful
      ? null
      : this.#history.fill({ scope, intervalSeconds, cluster: view, moment, signal });

    this.#workloads = facts.workloads;
    for (const part of this.#parts) part.want(wants, facts.workloads);
    const due = this.#parts.filter((part) => part.isDue(this.#turn, this.#silent));
    const askRecorded = this.#recorded.asking(facts.hasRules, due, {
      ...{ scope, lagSeconds, isRenamed: startUp.store.isRenamed },
    });
    const warnings = new Set<string>();
    const toJoined = (silence: Silence | null) =>
      toDiagnosedMesh(
        {
          ...{
            ...span,
            atSeconds: moment,
            lagSeconds,
            scrapeIntervalSeconds: intervalSeconds,
            cluster: view,
            elsewhere,
          },
          ...{ answers: this.#answers(), parts: this.toParts() },
          history: () => this.#history.toHistory(moment, intervalSeconds),
        },
        {
          ...{ facts, survey: startUp.store.known, silence, coarseLatency: coarse, reaches: this.#reaches() },
          ...{ warnings: [...warnings], strange: this.#parts.flatMap(({ strange }) => strange) },
        },
      );
    if (elsewhere !== null)
      this.#pods = await askPodsHere(startUp.store, { moment, windowSeconds: span.windowSeconds, signal });
    const isFull = due.some(({ question }) => question.tier === 'latency');
    const withNew =
      isFull || (await mayHaveNew(startUp.store, { moment, windowSeconds: span.windowSeconds, signal }));
    const pending = new Set(due.filter(({ question }) => question.tier === 'traffic' || question.isCore));
    const isFirst = this.#parts.every(({ samples }) => samples === null);
    const outcomes = await askRound(
      startUp.store.client,
      due.map((part) => part.toQuery({ ...scope, withNew: withNew && this.#asksForNew(part) })),
      {
        ...{ atSeconds: moment, careful, signal },
        onWarnings: (more) => {
          for (const warning of more) warnings.add(warning);
        },
        onOutcome: (outcome) => {
          const part = due.find(({ question }) => question.part === outcome.part);
          part?.keep(outcome, moment, this.#options.now());
          if (!part || !pending.delete(part) || pending.size > 0 || !isFirst || signal.aborted) return;
          const isEarly = due.some(({ question, standing }) => question.tier === 'latency' && !standing);
          if (isEarly && !isSilent(this.#answers())) onTraffic?.({ ...toJoined(null), isWhole: false });
        },
        askRecorded,
      },
    );
    await filling;
    signal.throwIfAborted();
    this.#learn(due, outcomes, moment, view);
    this.#recorded.conclude();
    this.#completeness.learn(warnings, this.#options.now());

    const silence = isSilent(this.#answers()) ? await askSilence(startUp.store, { moment, signal }) : null;
    // What begins to move is asked for all it has in the next round.
    if (this.#silent && silence === null) this.#turn = 0;
    if (silence !== null) startUp.store.expire();
    this.#silent = silence !== null;
    const mesh = toJoined(silence);
    cluster?.learn(mesh.picture(false).namespaces);
    return { mesh, isComplete: outcomes.every(({ samples }) => samples !== null) };
  }

  async #settleStart(moment: number, signal: AbortSignal): Promise<void> {
    const { startUp, windowAskedSeconds: windowSeconds } = this.#options;
    // In the words of the store, as far as they are known.
    const { client, matchers } = startUp.store;
    await this.#dataStart.settled({ client, matchers, moment, windowSeconds, signal });
  }

  /** The window that is used: four scrapes at least, else no longer than the store remembers. */
  #spanOf(moment: number, intervalSeconds: number | null): Span {
    const { windowAskedSeconds } = this.#options;
    const known = this.#dataStart.knownSeconds(moment, windowAskedSeconds, intervalSeconds);
    return { windowAskedSeconds, windowSeconds: widenWindow(known, intervalSeconds) };
  }

  /** The dear questions ask for new series only when those about traffic have met some. */
  #asksForNew({ question }: Part): boolean {
    return question.tier === 'traffic' || this.#hasNew;
  }

  /** Throws when nothing was answered. */
  #learn(
    due: readonly Part[],
    outcomes: readonly Outcome[],
    moment: number,
    cluster: ClusterView | null,
  ): void {
    const answered = outcomes.flatMap(({ samples }) => (samples ? [samples] : []));
    if (answered.length === 0) throw outcomes[0]?.error;
    this.#detail.learn(outcomes.filter((_, index) => due[index]?.question.isHistogram));
    if (!this.#silent || due.some(({ question }) => question.tier === 'latency')) this.#turn++;
    this.#barePods = answered.some(needsPods);
    this.#hasNew = this.#parts.some(
      ({ question, samples }) =>
        question.tier === 'traffic' && samples?.some(({ labels }) => labels['new'] === 'yes'),
    );
    const inbound = outcomes.find(({ part }) => part === 'inbound')?.samples;
    if (inbound) this.#history.record(moment, inbound, cluster);
    const outbound = outcomes.find(({ part }) => part === 'outbound')?.samples ?? [];
    const services = outbound.filter(({ labels }) => labels['dst_service']);
    this.#options.startUp.store.meet(services.map(({ labels }) => serviceKey(labels)));
  }

  #answers(): MeshAnswers {
    const answers: MeshAnswers = Object.fromEntries(
      this.#parts.flatMap(({ question, samples }) => (samples ? [[question.part, samples]] : [])),
    );
    return this.#pods ? { ...answers, pods: this.#pods } : answers;
  }

  #reaches(): Reaches {
    return Object.fromEntries(this.#parts.map(({ question, reach }) => [question.part, reach]));
  }

  /** Pods of now say nothing about what moved a while ago. */
  #viewAt(moment: number): ClusterView | null {
    const { cluster, now } = this.#options;
    const view = cluster?.current() ?? null;
    return view && now() / 1000 - moment > PAST_SECONDS ? toPastView(view) : view;
  }
}
