// Rounds of questions about one (window, moment): which are due, asked together, and the mesh that comes of all that is
// known. Knows no question by name.

import type { Parts } from '@latchwork/shared/parts';
import type { MeshAnswers } from '../../mesh/answers.ts';
import { toKnown } from '../../mesh/cluster/cluster-labels.ts';
import { type ClusterView, toPastView } from '../../mesh/cluster/cluster-view.ts';
import { toDiagnosedMesh } from '../../mesh/diagnosed-mesh.ts';
import { type Mesh, toMesh } from '../../mesh/mesh.ts';
import { isSilent, type Silence } from '../../mesh/silence.ts';
import { calledService } from '../../mesh/store/pod-places.ts';
import { latencyScope } from '../../mesh/store/stored-bounds.ts';
import { toStoreAway } from '../../mesh/store-away.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import type { Wants } from '../wants.ts';
import { askPodsHere, askSilence, mayHaveNew } from './asides.ts';
import { askRound, type Outcome } from './ask-round.ts';
import { Completeness } from './completeness.ts';
import { FirstTraffic } from './first-traffic.ts';
import { KeptHistory } from './kept-history.ts';
import { KnownParts } from './known-parts.ts';
import { LatencyDetail } from './latency-detail.ts';
import type { Part, RoundScope } from './part.ts';
import { PodOwners } from './pod-owners.ts';
import { RecordedAnswers } from './recorded-answers.ts';
import type { Round, RoundAsk, RoundFacts } from './round.ts';
import type { StartUp } from './start-up-facts.ts';
import { UsableWindow } from './usable-window.ts';

export interface RoundsOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly startUp: StartUp;
  readonly windowAskedSeconds: number;
  /** Null without Kubernetes. */
  readonly cluster: ClusterFeed | null;
}

/** Older than this, a moment is not now. */
const PAST_SECONDS = 300;

export class Rounds {
  readonly #options: RoundsOptions;
  readonly #parts = new KnownParts();
  readonly #history: KeptHistory;
  readonly #detail = new LatencyDetail();
  readonly #window: UsableWindow;
  readonly #podOwners: PodOwners;
  readonly #recorded: RecordedAnswers;
  readonly #completeness = new Completeness();
  #turn = 0;
  #silent = false;
  #workloads = 0;
  /** Whether series without an owner have to be asked by pod: so until an answer shows that there are none. */
  #barePods = true;
  /** Asked only where some calls may go to pods of another cluster. */
  #podsHere: readonly Sample[] | undefined;
  /** Whether some series began inside the window: so until an answer shows that none did. */
  #hasNew = true;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#window = new UsableWindow(options.windowAskedSeconds, options.now);
    this.#podOwners = new PodOwners(options.now);
    const asking = { client: options.startUp.store.client, now: options.now };
    this.#history = new KeptHistory(asking);
    this.#recorded = new RecordedAnswers(asking);
  }

  /** Nothing came: what is known is old from now on. */
  lose(error: unknown): void {
    this.#parts.lose(error, this.#options.now());
  }

  /** The next round asks everything. */
  startOver(): void {
    this.#turn = 0;
    this.#parts.forgetMisses();
    this.#history.forgetFill();
  }

  toParts(): Parts {
    return {
      ...Object.fromEntries(
        [
          ['history', this.#history.standing] as const,
          ['rules', this.#recorded.standing] as const,
          ['store', this.#completeness.standing] as const,
          ...this.#parts.standings,
        ].flatMap(([name, standing]) => (standing ? [[name, standing]] : [])),
      ),
      ...this.#options.cluster?.parts(),
    };
  }

  /** Whether what is known has all that is wanted. */
  covers(wants: readonly Wants[]): boolean {
    // Where nothing moves there is no latency to ask for.
    return this.#silent || this.#parts.cover(wants, this.#workloads);
  }

  /** What Kubernetes knows where the store says nothing: who there is, and no numbers. Null when it knows nothing, too. */
  withoutStore(atSeconds: number, error: unknown): Mesh | null {
    const { windowAskedSeconds, now } = this.#options;
    const view = this.#viewAt(atSeconds);
    if (view === null || view.workloads.size === 0) return null;
    this.#parts.failTraffic(error, now());
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
  async ask(ask: RoundAsk): Promise<Round> {
    const { wants, careful, signal } = ask;
    const known = await this.#prepare(ask);
    const { moment, facts, scope, view } = known;
    const { intervalSeconds } = scope;
    const filling = careful
      ? null
      : this.#history.fill({ scope, intervalSeconds, names: this.#namesIn(view), moment, signal });
    this.#workloads = facts.workloads;
    this.#parts.want(wants, facts.workloads);
    const due = this.#parts.due(this.#turn, this.#silent);
    const outcomes = await this.#askDue(due, known, ask);
    await filling;
    signal.throwIfAborted();
    this.#learn(due, outcomes, moment, view);
    this.#recorded.conclude();
    this.#completeness.learn(known.warnings, this.#options.now());

    const { store } = this.#options.startUp;
    const silence = isSilent(this.#answers) ? await askSilence(store, { moment, signal }) : null;
    // What begins to move is asked for all it has in the next round.
    if (this.#silent && silence === null) this.#turn = 0;
    if (silence !== null) store.expire();
    this.#silent = silence !== null;
    const mesh = this.#join(known, silence);
    const hasLearned = await this.#options.cluster?.learn(mesh.picture(false).namespaces);
    signal.throwIfAborted();
    return {
      mesh: hasLearned ? this.#join({ ...known, view: this.#viewAt(moment) }, silence) : mesh,
      isComplete: outcomes.every(({ samples }) => samples !== null),
    };
  }

  /** What is known before anything is asked about the mesh itself. */
  async #prepare({ moment: asked, careful, signal }: RoundAsk): Promise<RoundFacts> {
    const { startUp, cluster } = this.#options;
    // Which names to ask for is known from Kubernetes, if that answers in time.
    const [{ facts, lagSeconds, isMetricsQl }] = await Promise.all([
      startUp.facts(asked, { careful, signal }),
      cluster?.settled(),
      careful ? null : this.#window.settled(startUp, asked, signal),
      careful ? null : this.#settleOwners(asked, signal),
    ]);
    signal.throwIfAborted();
    const moment = asked - lagSeconds;
    // Asked in the same breath as long as nothing is late; what is late began later than that tells.
    if (lagSeconds > 0 && !careful) await this.#window.settled(startUp, moment, signal);
    const { intervalSeconds } = facts;
    const span = this.#window.at(moment, facts);
    const coarse = this.#detail.isCoarse(facts.workloads);
    const view = this.#viewAt(moment);
    const elsewhere = startUp.store.known.called?.elsewhere ?? null;
    const scope: RoundScope = {
      matchers: startUp.store.matchers,
      barePods: this.#barePods,
      coarse,
      intervalSeconds,
      windowSeconds: span.windowSeconds,
      withNew: true,
      isMetricsQl,
      probeRoutes: view?.probeRoutes ?? [],
      reaching: elsewhere?.reaching ?? null,
      ...latencyScope(startUp.store.known),
    };
    return { moment, lagSeconds, facts, span, view, elsewhere, scope, warnings: new Set() };
  }

  async #askDue(
    due: readonly Part[],
    known: RoundFacts,
    { careful, signal, onTraffic }: RoundAsk,
  ): Promise<Outcome[]> {
    const { moment, lagSeconds, facts, scope, warnings } = known;
    const { store } = this.#options.startUp;
    const { isRenamed } = store;
    const { windowSeconds } = scope;
    if (known.elsewhere !== null)
      this.#podsHere = await askPodsHere(store, { moment, windowSeconds, signal });
    const isFull = due.some(({ question }) => question.tier === 'latency');
    const withNew = isFull || (await mayHaveNew(store, { moment, windowSeconds, signal }));
    const first = onTraffic && this.#parts.areBlank ? new FirstTraffic(due) : null;
    return askRound(
      store.client,
      due.map((part) => part.toQuery({ ...scope, withNew: withNew && this.#asksForNew(part) })),
      {
        atSeconds: moment,
        careful,
        signal,
        onWarnings: (more) => {
          for (const warning of more) warnings.add(warning);
        },
        onOutcome: (outcome) => {
          const part = due.find(({ question }) => question.part === outcome.part);
          part?.keep(outcome, moment, this.#options.now());
          const isAnswered = Object.keys(this.#parts.answers).length > 0;
          if (part && first?.isInWith(part) && isAnswered && !signal.aborted && !isSilent(this.#answers))
            onTraffic?.({ ...this.#join(known, null), isWhole: false });
        },
        askRecorded: this.#recorded.asking(facts.hasRules, due, { scope, lagSeconds, isRenamed }),
      },
    );
  }

  /** All that is known now, as one mesh. */
  #join(
    { moment, lagSeconds, facts, span, view, elsewhere, scope, warnings }: RoundFacts,
    silence: Silence | null,
  ): Mesh {
    const { intervalSeconds, coarse } = scope;
    const { reaches, strange } = this.#parts;
    return toDiagnosedMesh(
      {
        ...span,
        atSeconds: moment,
        lagSeconds,
        scrapeIntervalSeconds: intervalSeconds,
        cluster: view,
        elsewhere,
        podOwners: this.#podOwners.known,
        answers: this.#answers,
        parts: this.toParts(),
        history: () => this.#history.toHistory(moment, intervalSeconds),
      },
      {
        facts,
        survey: this.#options.startUp.store.known,
        silence,
        coarseLatency: coarse,
        reaches,
        warnings: [...warnings],
        strange,
      },
    );
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
    this.#barePods = this.#parts.needPods;
    this.#hasNew = this.#parts.haveNew;
    const inbound = outcomes.find(({ part }) => part === 'inbound')?.samples;
    if (inbound) this.#podOwners.meet(inbound);
    if (inbound) this.#history.record(moment, inbound, this.#namesIn(cluster));
    const outbound = outcomes.find(({ part }) => part === 'outbound')?.samples ?? [];
    const services = outbound.filter(({ labels }) => labels['dst_service']);
    this.#options.startUp.store.meet(services.map(({ labels }) => calledService(labels)));
  }

  get #answers(): MeshAnswers {
    const { answers } = this.#parts;
    return this.#podsHere ? { ...answers, pods: this.#podsHere } : answers;
  }

  async #settleOwners(moment: number, signal: AbortSignal): Promise<void> {
    const { startUp, windowAskedSeconds: windowSeconds } = this.#options;
    const { client, matchers } = startUp.store;
    if (this.#barePods) await this.#podOwners.settled({ client, matchers, moment, windowSeconds, signal });
  }

  #namesIn(view: ClusterView | null) {
    return toKnown(view, this.#podOwners.known);
  }

  /** Pods of now say nothing about what moved a while ago. */
  #viewAt(moment: number): ClusterView | null {
    const { cluster, now } = this.#options;
    const view = cluster?.current() ?? null;
    return view && now() / 1000 - moment > PAST_SECONDS ? toPastView(view) : view;
  }
}
