// Asks a store what it holds, at the start and every five minutes, and puts questions into its words. Never the cause that
// others are not asked: what is refused is remembered, and nothing is claimed from it.

import { toCopies, toDifferences } from '../../mesh/store/copies.ts';
import { type CalledServices, toCalledServices } from '../../mesh/store/elsewhere.ts';
import { type StoredFamilies, toStoredFamilies } from '../../mesh/store/stored-families.ts';
import { type StoredLabels, toRenamed, toScheme, toStoredLabels } from '../../mesh/store/stored-labels.ts';
import { type Copies, type Survey, UNKNOWN_STORE } from '../../mesh/store/survey.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { calledPodsQuery, podsHereQuery, podsOfOthersQuery } from '../../sources/prometheus/endpoints.ts';
import { type LabelScheme, withLabelScheme } from '../../sources/prometheus/label-scheme.ts';
import { matcher, oneOf } from '../../sources/prometheus/promql.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import {
  aliasQuery,
  boundsQuery,
  copiesQuery,
  dottedQuery,
  familiesQuery,
  labelsQuery,
  podsByQuery,
  proxyQuery,
} from '../../sources/prometheus/survey.ts';
import { SourceError } from '../../sources/source-error.ts';
import { inWords } from './standing.ts';
import { areClusters, type StoreClusters, UNNAMED_CLUSTER } from './store-clusters.ts';

const ASK_EVERY_MS = 300_000;
/** When nothing was answered, or there was nothing yet. */
const RETRY_MS = 15_000;
/** A pod that had series within this time is one of here. */
const HERE_SECONDS = 600;
/** The first picture waits for the survey, but not for long. */
const SETTLE_MS = 3_000;

export interface StoreSurveyOptions {
  readonly client: PrometheusClient;
  readonly matchers: () => readonly string[];
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The clusters that the store may hold, and which of them this is about (null: the one that is shown without a choice). */
  readonly clusters?: { readonly of: StoreClusters; readonly shown: string | null } | null;
}

export class StoreSurvey {
  readonly #options: StoreSurveyOptions;
  #survey = UNKNOWN_STORE;
  #scheme: LabelScheme = [];
  #asking: Promise<void> | null = null;
  #dueMs = Number.NEGATIVE_INFINITY;
  #isFirst = true;
  /** Services that led to a survey before its time, so that each does so once. */
  readonly #met = new Set<string>();
  /** In the words of the store, as far as they are known. */
  readonly client: PrometheusClient;

  constructor(options: StoreSurveyOptions) {
    this.#options = options;
    this.client = withLabelScheme(options.client, () => this.#scheme);
  }

  get known(): Survey {
    const { of, shown = null } = this.#options.clusters ?? {};
    const clusters = of?.known();
    if (!clusters || clusters.isChosen) return this.#survey;
    const { label, values, current } = clusters;
    return { ...this.#survey, clusters: { label, values, shown: shown ?? current } };
  }

  /** Whether it keeps our labels under names of its own. */
  get isRenamed(): boolean {
    return this.#scheme.length > 0;
  }

  /** The constant matchers, and what lets every proxy be counted once. */
  get matchers(): readonly string[] {
    const { copies } = this.#survey;
    const own = this.#options.matchers();
    return copies?.chosen ? [...own, oneOf(copies.label, copies.chosen)] : own;
  }

  /** Services that somebody calls: of one that was not looked at, the endpoints are not known yet. */
  meet(services: Iterable<string>): void {
    const known = this.#survey.called?.names;
    if (known === undefined) return;
    for (const service of services) {
      if (known.has(service) || this.#met.has(service)) continue;
      this.#met.add(service);
      this.expire();
    }
  }

  /** Asked anew before its time: what it rests on may be gone. */
  expire(): void {
    this.#dueMs = Math.min(this.#dueMs, this.#options.now() + RETRY_MS);
  }

  /** Resolves at once but for the first time, and then after a short while at the latest. Never rejects. */
  async settled(atSeconds: number, signal: AbortSignal): Promise<void> {
    await this.#options.clusters?.of.settled();
    if (this.#asking === null && this.#options.now() >= this.#dueMs)
      this.#asking = this.#ask(atSeconds, signal).finally(() => {
        this.#asking = null;
      });
    if (this.#asking === null || !this.#isFirst) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, SETTLE_MS);
    });
    await Promise.race([this.#asking, late]);
    clearTimeout(timer);
  }

  async #ask(atSeconds: number, signal: AbortSignal): Promise<void> {
    const { client, matchers, now } = this.#options;
    const inquiry = new Inquiry(atSeconds, signal);
    const own = matchers();
    const labels = await askLabels(inquiry, client, own);
    if (signal.aborted) return;
    if (labels) this.#scheme = toScheme(labels);
    const [families, copies, called] = await Promise.all([
      askFamilies(inquiry, this.client, own),
      askCopies(inquiry, this.client, own),
      askCalled(inquiry, this.client, own, this.#options.clusters ?? null),
    ]);
    if (signal.aborted) return;
    this.#isFirst = false;
    const { refused } = inquiry;
    const isAnswered = labels !== null || families !== null;
    if (isAnswered || refused !== null)
      this.#survey = { ...UNKNOWN_STORE, families, labels, copies, called, refused };
    const isEmpty = families === null || families.count('response_total') === 0;
    this.#dueMs = now() + (isEmpty ? RETRY_MS : ASK_EVERY_MS);
  }
}

/** Questions of one survey: what is refused is remembered. */
class Inquiry {
  readonly #atSeconds: number;
  readonly #signal: AbortSignal;
  refused: string | null = null;

  constructor(atSeconds: number, signal: AbortSignal) {
    this.#atSeconds = atSeconds;
    this.#signal = signal;
  }

  #query(client: PrometheusClient, text: string): Promise<Sample[]> {
    return client.query(text, { tier: 'survey', atSeconds: this.#atSeconds, signal: this.#signal });
  }

  /** Null when it was not answered. */
  async ask(client: PrometheusClient, text: string): Promise<Sample[] | null> {
    try {
      return await this.#query(client, text);
    } catch (error) {
      // Trouble that every question meets is told by the others.
      if (!isOfTheStore(error)) this.refused ??= inWords(error);
      return null;
    }
  }

  /** A question that says nothing where it is refused. */
  async tryAsking(client: PrometheusClient, text: string): Promise<Sample[]> {
    return await this.#query(client, text).catch(() => []);
  }
}

async function askLabels(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<StoredLabels | null> {
  const samples = await inquiry.ask(client, labelsQuery(own));
  if (samples === null) return null;
  const { pushed, other } = toRenamed(samples);
  const isNamespaceless = samples.some(({ labels }) => labels['lacks'] === 'namespace');
  // A store older than names with dots takes them for a mistake.
  const dotted =
    isNamespaceless && other.length === 0 ? await inquiry.tryAsking(client, dottedQuery(own)) : [];
  const renamed = [...pushed, ...other, ...toRenamed(dotted).other];
  const details = renamed.length === 0 ? [] : await inquiry.ask(client, aliasQuery(renamed, own));
  return toStoredLabels([...samples, ...dotted], details ?? []);
}

async function askFamilies(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<StoredFamilies | null> {
  const [families, bounds] = await Promise.all([
    inquiry.ask(client, familiesQuery(own)),
    inquiry.ask(client, boundsQuery(own)),
  ]);
  return families && bounds && toStoredFamilies(families, bounds);
}

async function askCopies(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<Copies | null> {
  const [pod] = (await inquiry.ask(client, copiesQuery(own))) ?? [];
  if (!pod) return null;
  const { namespace = '', pod: name = '', instance = '' } = pod.labels;
  const which = [
    matcher('namespace', '=', namespace),
    matcher('pod', '=', name),
    matcher('instance', '=', instance),
  ];
  const copies = await inquiry.ask(client, proxyQuery(which, own));
  for (const label of toDifferences(copies ?? [])) {
    const found = toCopies(label, (await inquiry.ask(client, podsByQuery(label, own))) ?? []);
    if (found.chosen) return found;
  }
  return null;
}

/** Of a store that does not say which pods it knows, none can be said to be elsewhere. */
async function askCalled(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
  clusters: StoreSurveyOptions['clusters'] | null,
): Promise<CalledServices | null> {
  const [called, here] = await Promise.all([
    inquiry.tryAsking(client, calledPodsQuery(own)),
    inquiry.tryAsking(client, podsHereQuery(own, HERE_SECONDS)),
  ]);
  if (called.length === 0) return null;
  const found = toCalledServices(called, here);
  const known = clusters?.of.known() ?? null;
  if (found.elsewhere === null || !clusters || known === null || !areClusters(known)) return found;
  const { label, current } = known;
  const shown = clusters.shown ?? current;
  const value = shown === UNNAMED_CLUSTER ? '' : shown;
  const pods = await inquiry.tryAsking(client, podsOfOthersQuery(label, value, clusters.of.allMatchers));
  return toCalledServices(
    called,
    here,
    Map.groupBy(pods, ({ labels }) => labels[label] || UNNAMED_CLUSTER),
  );
}

/** Trouble that the next question would meet as well. */
function isOfTheStore(error: unknown): boolean {
  return !(error instanceof SourceError) || ['unreachable', 'timed-out'].includes(error.kind);
}
