// What is known before the questions of a round: the store's facts, the window, owners, and what Kubernetes says of that moment.

import { type Known, toKnown } from '../../mesh/cluster/cluster-labels.ts';
import { type ClusterView, toPastView } from '../../mesh/cluster/cluster-view.ts';
import type { Elsewhere } from '../../mesh/store/elsewhere.ts';
import type { StoreFacts } from '../../mesh/store/store-facts.ts';
import { latencyScope } from '../../mesh/store/stored-bounds.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import type { RoundScope } from './part.ts';
import type { RoundAsk } from './round.ts';
import { PodOwners } from './store/pod-owners.ts';
import type { StartUp } from './store/start-up-facts.ts';
import { UsableWindow, type UsedWindow } from './usable-window.ts';

export interface RoundFacts {
  /** Unix seconds. */
  readonly moment: number;
  readonly lagSeconds: number;
  readonly facts: StoreFacts;
  readonly span: UsedWindow;
  readonly view: ClusterView | null;
  /** Which calls may go to another cluster; null where none do. */
  readonly elsewhere: Elsewhere | null;
  readonly scope: RoundScope;
  readonly warnings: Set<string>;
}

export interface FactsOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly startUp: StartUp;
  readonly windowAskedSeconds: number;
  /** Null without Kubernetes. */
  readonly cluster: ClusterFeed | null;
}

/** What the last round has shown. */
interface Shown {
  /** Some series without an owner have to be asked by pod. */
  readonly barePods: boolean;
  readonly isCoarse: (workloads: number) => boolean;
}

/** Older than this, a moment is not now. */
const PAST_SECONDS = 300;

export class FactsKeeper {
  readonly #options: FactsOptions;
  readonly #window: UsableWindow;
  readonly #podOwners: PodOwners;
  #renamed: number | null = 0;

  constructor(options: FactsOptions) {
    this.#options = options;
    this.#window = new UsableWindow(options.windowAskedSeconds, options.now);
    this.#podOwners = new PodOwners(options.now);
  }

  /** Id of a pod → id of its owner, by what pods say of themselves. */
  get podOwners(): ReadonlyMap<string, string> {
    return this.#podOwners.known;
  }

  /** Throws when the store does not answer and nothing is known yet. */
  async settled(
    { moment: asked, careful, signal }: RoundAsk,
    { barePods, isCoarse }: Shown,
  ): Promise<RoundFacts> {
    const { startUp, cluster } = this.#options;
    // Which names to ask for is known from Kubernetes, if that answers in time.
    const [{ facts, lagSeconds, isMetricsQl }] = await Promise.all([
      startUp.facts(asked, { careful, signal }),
      cluster?.settled(),
      careful ? null : this.#window.settled(startUp, asked, signal),
      careful || !barePods ? null : this.#settleOwners(asked, signal),
    ]);
    signal.throwIfAborted();
    const moment = asked - lagSeconds;
    // Asked in the same breath as long as nothing is late; what is late began later than that tells.
    if (lagSeconds > 0 && !careful) await this.#window.settled(startUp, moment, signal);
    const { intervalSeconds } = facts;
    const span = this.#window.at(moment, facts);
    const view = this.viewAt(moment);
    const elsewhere = startUp.store.known.called?.elsewhere ?? null;
    const scope: RoundScope = {
      matchers: startUp.store.matchers,
      barePods,
      coarse: isCoarse(facts.workloads),
      intervalSeconds,
      windowSeconds: span.windowSeconds,
      withNew: true,
      newPods: null,
      renamed: true,
      oldPods: [],
      withoutVersions: (startUp.store.known.families?.count('proxy_build_info') ?? 1) === 0,
      isMetricsQl,
      probeRoutes: view?.probeRoutes ?? [],
      reaching: elsewhere?.reaching ?? null,
      ...latencyScope(startUp.store.known),
    };
    return { moment, lagSeconds, facts, span, view, elsewhere, scope, warnings: new Set() };
  }

  /** Pods of now say nothing about what moved a while ago. */
  viewAt(moment: number): ClusterView | null {
    const { cluster, now } = this.#options;
    const view = cluster?.current() ?? null;
    return view && now() / 1000 - moment > PAST_SECONDS ? toPastView(view) : view;
  }

  /** Pods whose owners nobody says for sure. */
  get guessedOwners(): number {
    return this.#podOwners.guessed;
  }

  namesIn(view: ClusterView | null): Known | null {
    return toKnown(view, this.#podOwners.known);
  }

  /** Proxies with other labels, or further families, than when the window began, as far as is known. */
  get renamed(): number | null {
    return this.#renamed;
  }

  /** Null: some, and the store does not say how many. */
  meetNames(renamed: number | null): void {
    if ((renamed ?? 1) > (this.#renamed ?? 1)) this.#window.expire();
    this.#renamed = renamed;
  }

  /** What the proxies of some pods count: of a new pod the owner is not known yet. */
  meet(inbound: readonly Sample[]): void {
    this.#podOwners.meet(inbound);
  }

  async #settleOwners(moment: number, signal: AbortSignal): Promise<void> {
    const { startUp, windowAskedSeconds: windowSeconds } = this.#options;
    const { client, matchers } = startUp.store;
    await this.#podOwners.settled({ client, matchers, moment, windowSeconds, signal });
  }
}
