// What a collection knows from its rounds: the last good answer to each question, and how each question stands.

import type { Parts } from '@latchwork/shared/parts';
import type { MeshAnswers, Part } from '../../mesh/answers.ts';
import { withClusterLabels } from '../../mesh/cluster/cluster-labels.ts';
import { type ClusterView, toPastView } from '../../mesh/cluster/cluster-view.ts';
import { type DiagnosisInput, toDiagnoses } from '../../mesh/diagnoses.ts';
import { needsPods } from '../../mesh/flows/bare-pods.ts';
import { HistoryRing } from '../../mesh/history.ts';
import { type Mesh, type MeshFacts, toMesh } from '../../mesh/mesh.ts';
import { notScraped } from '../../mesh/not-scraped.ts';
import { isSilent, readSilence, refusedSilence, type Silence } from '../../mesh/silence.ts';
import type { StoreFacts } from '../../mesh/store-facts.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { silenceQuery } from '../../sources/prometheus/start-up.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import { askRound, type Outcome } from './ask-round.ts';
import { type EdgesInView, isCovered, toEdgesInView } from './edges-in-view.ts';
import { LatencyDetail } from './latency-detail.ts';
import { inWords, PartStates } from './part-states.ts';
import { toQuestions } from './questions.ts';
import type { StartUp } from './start-up-facts.ts';

export interface RoundsOptions {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
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
  readonly windowSeconds: number;
  readonly facts: StoreFacts;
  /** Namespaces that viewers chose. */
  readonly inView: readonly string[];
  readonly careful: boolean;
  readonly signal: AbortSignal;
  /** To be waited for before the mesh is complete. Never rejects. */
  readonly filling: Promise<void>;
}

/** A part that fails again and again waits for its turn like the others. */
const MOST_RETRIES = 3;
/** Older than this, a moment is not now. */
const PAST_SECONDS = 300;

export class Rounds {
  readonly #options: RoundsOptions;
  readonly #answers = new Map<Part, readonly Sample[]>();
  readonly #parts = new PartStates();
  readonly #misses = new Map<Part, number>();
  readonly #detail = new LatencyDetail();
  history: HistoryRing | null = null;
  #turn = 0;
  #silent = false;
  /** Of which edges latencies were asked. */
  #edgesAsked: EdgesInView = [];
  #workloads = 0;

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** Nothing came: what is known is old from now on. */
  lose(error: unknown): void {
    for (const part of this.#answers.keys()) this.#parts.failed(part, this.#options.now(), error);
  }

  /** The next round asks everything. */
  forgetTurn(): void {
    this.#turn = 0;
    this.#misses.clear();
  }

  toParts(): Parts {
    return { ...this.#parts.toParts(), ...this.#options.cluster?.parts() };
  }

  /** Does `work` and remembers how it went under the name of a part. */
  async note(part: string, signal: AbortSignal, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#parts.fresh(part, this.#options.now());
      return true;
    } catch (error) {
      if (!signal.aborted) this.#parts.failed(part, this.#options.now(), error);
      return false;
    }
  }

  /** Throws when nothing was answered. */
  async ask(round: RoundAsk): Promise<{ mesh: Mesh; isComplete: boolean }> {
    const { client, matchers, startUp } = this.#options;
    const { moment, windowSeconds, facts, careful, signal } = round;
    const coarse = this.#detail.isCoarse(facts.workloads);
    this.#workloads = facts.workloads;
    const edgesInView = toEdgesInView(facts.workloads, round.inView);
    this.#want(edgesInView);
    const warnings = new Set<string>();
    const cluster = this.clusterAt(moment);
    const questions = toQuestions(
      {
        matchers,
        windowSeconds,
        barePods: startUp.barePods,
        coarse,
        edgesInView,
        probeRoutes: cluster?.probeRoutes ?? [],
      },
      { number: this.#turn, missed: this.#missed(), silent: this.#silent },
    );
    const outcomes = await askRound(client, questions, {
      atSeconds: moment,
      careful,
      signal,
      onWarnings: (more) => {
        for (const warning of more) warnings.add(warning);
      },
    });
    await round.filling;
    signal.throwIfAborted();

    for (const outcome of outcomes) this.#keep(outcome);
    if (outcomes.some(({ part, samples }) => part === 'outboundLatency' && samples))
      this.#edgesAsked = edgesInView;
    const answered = outcomes.filter(({ samples }) => samples !== null);
    if (answered.length === 0) throw outcomes[0]?.error;
    this.#detail.learn(outcomes);
    if (questions.some(({ tier }) => tier === 'latency') || !this.#silent) this.#turn++;
    startUp.barePods = answered.some(({ samples }) => samples && needsPods(samples));
    const inbound = outcomes.find(({ part }) => part === 'inbound')?.samples;
    if (inbound)
      this.history?.record(moment, cluster ? inbound.map((one) => withClusterLabels(one, cluster)) : inbound);

    const answers: MeshAnswers = Object.fromEntries(this.#answers);
    const silence = await this.#askSilence(answers, round);
    // What begins to move is asked for all it has in the next round.
    if (this.#silent && silence === null) this.#turn = 0;
    this.#silent = silence !== null;
    const more = { silence, coarseLatency: coarse, edgesInView, warnings: [...warnings] };
    const mesh = this.#join(answers, round, cluster, more);
    return { mesh, isComplete: answered.length === outcomes.length };
  }

  /** Whether what is known has the latencies of these namespaces' edges, as far as they are asked for at all. */
  covers(namespaces: readonly string[]): boolean {
    // Where nothing moves there is no latency to ask for.
    return this.#silent || isCovered(toEdgesInView(this.#workloads, namespaces), this.#edgesAsked);
  }

  /** Edges that came into view are asked for out of turn; when none is left, the last answer is of no use. */
  #want(edgesInView: EdgesInView): void {
    if (edgesInView?.length === 0) {
      this.#answers.delete('outboundLatency');
      this.#parts.forget('outboundLatency');
      this.#misses.delete('outboundLatency');
      this.#edgesAsked = [];
    } else if (!isCovered(edgesInView, this.#edgesAsked) && !this.#misses.has('outboundLatency'))
      this.#misses.set('outboundLatency', 0);
  }

  #missed(): Set<Part> {
    return new Set([...this.#misses].flatMap(([part, times]) => (times <= MOST_RETRIES ? [part] : [])));
  }

  #keep({ part, samples, error }: Outcome): void {
    const nowMs = this.#options.now();
    if (samples) {
      this.#answers.set(part, samples);
      this.#parts.fresh(part, nowMs);
      this.#misses.delete(part);
    } else {
      this.#parts.failed(part, nowMs, error);
      this.#misses.set(part, (this.#misses.get(part) ?? 0) + 1);
    }
  }

  /** Why nothing moves; null when something does. */
  async #askSilence(answers: MeshAnswers, { moment, signal }: RoundAsk): Promise<Silence | null> {
    if (!isSilent(answers)) return null;
    const { client, matchers } = this.#options;
    const options = { tier: 'traffic', atSeconds: moment, signal };
    try {
      return readSilence(await client.query(silenceQuery(matchers), options));
    } catch (error) {
      signal.throwIfAborted();
      return refusedSilence(inWords(error));
    }
  }

  /** Pods of now say nothing about what moved a while ago. */
  clusterAt(moment: number): ClusterView | null {
    const { cluster, now } = this.#options;
    const view = cluster?.current() ?? null;
    return view && now() / 1000 - moment > PAST_SECONDS ? toPastView(view) : view;
  }

  #join(
    answers: MeshAnswers,
    { moment, windowSeconds, facts }: RoundAsk,
    cluster: ClusterView | null,
    more: Pick<DiagnosisInput, 'silence' | 'coarseLatency' | 'edgesInView' | 'warnings'>,
  ): Mesh {
    const { windowAskedSeconds } = this.#options;
    const { history } = this;
    const common = {
      windowSeconds,
      windowAskedSeconds,
      scrapeIntervalSeconds: facts.intervalSeconds,
      answers,
    };
    const meshFacts: MeshFacts = {
      ...common,
      atSeconds: moment,
      cluster,
      parts: this.toParts(),
      diagnoses: [],
      history: () => (history ?? HistoryRing.forInterval(facts.intervalSeconds, null)).toHistory(moment),
    };
    const joined = toMesh(meshFacts);
    const picture = joined.picture(false);
    const missing =
      cluster && answers.inbound && notScraped({ picture, cluster, atSeconds: moment, windowSeconds });
    const diagnoses = toDiagnoses({ ...common, ...more, facts, picture });
    return { ...joined, diagnoses: missing ? [...diagnoses, missing] : diagnoses };
  }
}
