// Rounds of questions about one (window, moment): which are due, asked together, and the mesh that comes of all that is
// known. Knows no question by name.

import type { Parts } from '@latchwork/shared/parts';
import type { MeshAnswers } from '../../mesh/answers.ts';
import type { ClusterView } from '../../mesh/cluster/cluster-view.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { isSilent, type Silence } from '../../mesh/silence.ts';
import { calledService } from '../../mesh/store/pod-places.ts';
import type { Wants } from '../wants.ts';
import { ALL_NEWS, askNews, askReplaced, askSilence } from './asides.ts';
import { askRound, type Outcome } from './ask-round.ts';
import { FirstTraffic } from './first-traffic.ts';
import { KeptHistory } from './kept-history.ts';
import { KnownParts } from './known-parts.ts';
import type { Part } from './part.ts';
import { LatencyDetail } from './questions/latency-detail.ts';
import { RecordedAnswers } from './questions/recorded-answers.ts';
import type { Round, RoundAsk } from './round.ts';
import { FactsKeeper, type FactsOptions, type RoundFacts } from './round-facts.ts';
import { toRoundMesh, toUnmeasuredMesh } from './round-mesh.ts';
import { Completeness } from './store/completeness.ts';
import { PodsHere } from './store/pods-here.ts';

export interface RoundsOptions extends FactsOptions {
  /** Awaited before each join: one in each turn of the event loop, however many collections there are. */
  readonly turn: () => Promise<void>;
}

export class Rounds {
  readonly #options: RoundsOptions;
  readonly #parts = new KnownParts();
  readonly #history: KeptHistory;
  readonly #detail = new LatencyDetail();
  readonly #facts: FactsKeeper;
  readonly #recorded: RecordedAnswers;
  readonly #completeness = new Completeness();
  #turn = 0;
  #silent = false;
  #workloads = 0;
  /** Whether series without an owner have to be asked by pod: so until an answer shows that there are none. */
  #barePods = true;
  readonly #podsHere = new PodsHere();
  /** Whether some series began inside the window: so until an answer shows that none did. */
  #hasNew = true;

  constructor(options: RoundsOptions) {
    this.#options = options;
    this.#facts = new FactsKeeper(options);
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
    const view = this.#facts.viewAt(atSeconds);
    if (view === null || view.workloads.size === 0) return null;
    this.#parts.failTraffic(error, now());
    const history = () => this.#history.toHistory(atSeconds, null);
    return toUnmeasuredMesh(view, { atSeconds, windowAskedSeconds, parts: this.toParts(), history, error });
  }

  /** Throws when nothing was answered of all that was due. `onTraffic` gets the first mesh without what is asked at a slower pace. */
  async ask(ask: RoundAsk): Promise<Round> {
    const { wants, careful, signal, onlyOwed = false } = ask;
    const isCoarse = (workloads: number) => this.#detail.isCoarse(workloads);
    const known = await this.#facts.settled(ask, { barePods: this.#barePods, isCoarse });
    const { moment, facts, scope, view } = known;
    const { intervalSeconds } = scope;
    const filling =
      careful || onlyOwed
        ? null
        : this.#history.fill({ scope, intervalSeconds, names: this.#facts.namesIn(view), moment, signal });
    this.#workloads = facts.workloads;
    this.#parts.want(wants, facts.workloads);
    const due = onlyOwed ? this.#parts.owed : this.#parts.due(this.#turn, this.#silent);
    const outcomes = await this.#askDue(due, known, ask);
    await filling;
    signal.throwIfAborted();
    if (!onlyOwed) {
      this.#learn(due, outcomes, moment, view);
      this.#recorded.conclude();
    }
    this.#completeness.learn(known.warnings, this.#options.now());

    const { store } = this.#options.startUp;
    const silence = isSilent(this.#answers) ? await askSilence(store, { moment, signal }) : null;
    // What begins to move is asked for all it has in the next round.
    if (this.#silent && silence === null) this.#turn = 0;
    if (silence !== null) store.expire();
    this.#silent = silence !== null;
    await this.#options.turn();
    const mesh = this.#join(known, silence);
    const hasLearned = await this.#options.cluster?.learn(mesh.picture(false).namespaces);
    signal.throwIfAborted();
    if (hasLearned) await this.#options.turn();
    signal.throwIfAborted();
    return {
      mesh: hasLearned ? this.#join({ ...known, view: this.#facts.viewAt(moment) }, silence) : mesh,
      isComplete: outcomes.every(({ samples }) => samples !== null),
    };
  }

  async #askDue(
    due: readonly Part[],
    known: RoundFacts,
    { careful, signal, onTraffic }: RoundAsk,
  ): Promise<Outcome[]> {
    const { moment, lagSeconds, facts, scope, warnings } = known;
    const { store } = this.#options.startUp;
    const { isRenamed } = store;
    const { windowSeconds, intervalSeconds, withoutVersions } = scope;
    const aside = { moment, windowSeconds, intervalSeconds, withoutVersions, signal };
    // Where everything is asked at once, nothing waits for what it can do without.
    const isOfTraffic = due.some(({ question }) => question.tier === 'traffic');
    const [{ withNew, newPods, renamed }] = await Promise.all([
      isOfTraffic && this.#turn > 0 ? askNews(store, aside) : ALL_NEWS,
      this.#podsHere.settled(known.scope.reaching !== null, store, aside),
    ]);
    if (renamed !== null) this.#facts.meetNames(renamed);
    let replaced: ReturnType<typeof askReplaced> | null = null;
    const findReplaced = async () => {
      const pods = await askReplaced(store, { ...scope, newPods }, aside);
      this.#facts.meetNames(pods && Math.max(renamed ?? 0, pods.length));
      return pods;
    };
    const first = onTraffic && this.#parts.areBlank ? new FirstTraffic(due) : null;
    return askRound(
      store.client,
      due.map((part) =>
        part.toQuery({
          ...{ ...scope, newPods, renamed: renamed !== 0 },
          withNew: withNew && this.#asksForNew(part),
        }),
      ),
      {
        atSeconds: moment,
        careful,
        signal,
        onWarnings: (more) => {
          for (const warning of more) warnings.add(warning);
        },
        onOutcome: async (outcome) => {
          const part = due.find(({ question }) => question.part === outcome.part);
          part?.keep(outcome, moment, this.#options.now());
          if (!part || !first?.isInWith(part)) return;
          await this.#options.turn();
          const isAnswered = Object.keys(this.#parts.answers).length > 0;
          if (isAnswered && !signal.aborted && !isSilent(this.#answers))
            onTraffic?.({ ...this.#join(known, null), isWhole: false });
        },
        askReplaced: () => (replaced ??= findReplaced()),
        askRecorded: this.#recorded.asking(facts.hasRules, due, { scope, lagSeconds, isRenamed }),
      },
    );
  }

  /** All that is known now, as one mesh. */
  #join(known: RoundFacts, silence: Silence | null): Mesh {
    const { moment, scope } = known;
    const { reaches, strange, covered } = this.#parts;
    return toRoundMesh(known, {
      podOwners: this.#facts.podOwners,
      answers: this.#answers,
      parts: this.toParts(),
      history: () => this.#history.toHistory(moment, scope.intervalSeconds),
      survey: this.#options.startUp.store.known,
      ...{ silence, reaches, strange, covered, renamed: this.#facts.renamed },
      guessedOwners: known.view ? 0 : this.#facts.guessedOwners,
    });
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
    if (inbound) this.#facts.meet(inbound);
    if (inbound) this.#history.record(moment, inbound, this.#facts.namesIn(cluster));
    const outbound = outcomes.find(({ part }) => part === 'outbound')?.samples ?? [];
    const services = outbound.filter(({ labels }) => labels['dst_service']);
    this.#options.startUp.store.meet(services.map(({ labels }) => calledService(labels)));
  }

  get #answers(): MeshAnswers {
    const { answers } = this.#parts;
    const { known: pods } = this.#podsHere;
    return pods ? { ...answers, pods } : answers;
  }
}
