// Asks a store what it holds, at the start and every five minutes, and puts questions into its words. Never the cause that
// others are not asked: what is refused is remembered, and nothing is claimed from it.

import {
  requestsOnly,
  type Side,
  type StoredFamilies,
  toStoredFamilies,
} from '../../../mesh/store/stored-families.ts';
import {
  type StoredLabels,
  toGuessedNames,
  toRenamed,
  toScheme,
  toStoredLabels,
} from '../../../mesh/store/stored-labels.ts';
import { type Survey, UNKNOWN_STORE } from '../../../mesh/store/survey.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { withFamilyPrefix } from '../../../sources/prometheus/family-prefix.ts';
import { type LabelScheme, withLabelScheme } from '../../../sources/prometheus/label-scheme.ts';
import { withRequestsOnly } from '../../../sources/prometheus/questions/requests-only.ts';
import {
  aliasQuery,
  boundsQuery,
  dottedQuery,
  familiesQuery,
  labelsQuery,
  prefixQuery,
  someSeriesQuery,
  TELLING_FAMILY,
} from '../../../sources/prometheus/questions/survey.ts';
import { Due } from '../due.ts';
import { askCalled, type ShownCluster } from './called-services.ts';
import { Inquiry } from './inquiry.ts';
import { askCopies, copiesMatchers } from './store-copies.ts';

/** When there was nothing yet, or what it rests on may be gone. */
const RETRY_MS = 15_000;
/** The first picture waits for the survey, but not for long. */
const SETTLE_MS = 3_000;

export interface StoreSurveyOptions {
  readonly client: PrometheusClient;
  readonly matchers: () => readonly string[];
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly clusters?: ShownCluster | null;
}

export class StoreSurvey {
  readonly #options: StoreSurveyOptions;
  #survey = UNKNOWN_STORE;
  #scheme: LabelScheme = [];
  #requestsOnly: readonly Side[] = [];
  #asking: Promise<void> | null = null;
  readonly #due: Due;
  #isFirst = true;
  /** Services that led to a survey before its time, so that each does so once. */
  readonly #met = new Set<string>();
  /** Knows the store's names of families. */
  readonly #plain: PrometheusClient;
  /** Knows its names of labels, too, and takes no family for another. */
  readonly #surveying: PrometheusClient;
  /** In the words of the store, as far as they are known. */
  readonly client: PrometheusClient;

  constructor(options: StoreSurveyOptions) {
    this.#options = options;
    this.#due = new Due(options.now);
    this.#plain = withFamilyPrefix(options.client, () => this.#survey.prefix);
    this.#surveying = withLabelScheme(this.#plain, () => this.#scheme);
    this.client = withRequestsOnly(this.#surveying, () => this.#requestsOnly);
  }

  get known(): Survey {
    const { of, shown = null } = this.#options.clusters ?? {};
    const clusters = of?.known();
    const isForeign = shown === null && (of?.isForeign() ?? false);
    if (!clusters || clusters.isChosen) return isForeign ? { ...this.#survey, isForeign } : this.#survey;
    const { labels, values, current } = clusters;
    return { ...this.#survey, clusters: { labels, values, shown: shown ?? current } };
  }

  /** Whether it keeps our labels under names of its own, or is asked for requests in the place of responses. */
  get isRenamed(): boolean {
    return this.#scheme.length > 0 || this.#requestsOnly.length > 0 || this.#survey.prefix !== '';
  }

  /** The constant matchers, and what lets every proxy be counted once. */
  get matchers(): readonly string[] {
    return [...this.#options.matchers(), ...copiesMatchers(this.#survey.copies)];
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
    this.#due.within(RETRY_MS);
  }

  /** Resolves at once but for the first time, and then after a short while at the latest. Never rejects. */
  async settled(atSeconds: number, signal: AbortSignal): Promise<void> {
    await this.#options.clusters?.of.settled();
    if (this.#asking === null && this.#due.isNow)
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
    const { matchers, clusters = null } = this.#options;
    const inquiry = new Inquiry(atSeconds, signal);
    const own = matchers();
    const last = this.#survey;
    const labels = await inquiry.answerOr(last.labels, askLabels(inquiry, this.#plain, own));
    if (signal.aborted) return;
    if (labels) this.#scheme = toScheme(labels);
    const [families, copies, called] = await Promise.all([
      inquiry.answerOr(last.families, askFamilies(inquiry, this.#surveying, own)),
      inquiry.answerOr(last.copies, askCopies(inquiry, this.#surveying, own, isPushed(this.#scheme))),
      inquiry.answerOr(last.called, askCalled(inquiry, this.#surveying, own, clusters)),
    ]);
    if (signal.aborted) return;
    if (families && isEmpty(families) && last.prefix === '') {
      const prefix = await askPrefix(inquiry, this.#options.client, own);
      if (prefix !== '' && !signal.aborted) {
        this.#survey = { ...last, prefix };
        await this.#ask(atSeconds, signal);
        return;
      }
    }
    this.#isFirst = false;
    // A store that said nothing at all did not take back what it refused.
    const refused = inquiry.refused ?? (inquiry.hasAnswers ? null : last.refused);
    const prefix = families && isEmpty(families) ? '' : last.prefix;
    this.#survey = { ...UNKNOWN_STORE, prefix, families, labels, copies, called, refused };
    this.#requestsOnly = families ? requestsOnly(families) : [];
    if (inquiry.isWhole) this.#due.answered();
    else this.#due.failed();
    if ((families?.count('response_total') ?? 0) > 0) return;
    // What is missing may only not be there yet.
    if (this.#requestsOnly.length > 0) this.#due.retry();
    else this.#due.within(RETRY_MS);
  }
}

/** Some proxies came through another Prometheus without honor_labels, and others may not. */
function isPushed(scheme: LabelScheme): boolean {
  return scheme.some(({ label, reads }) => label === 'pod' && reads === 'first');
}

function isEmpty({ count }: StoredFamilies): boolean {
  return count('response_total') === 0 && count('request_total') === 0 && count('proxy_build_info') === 0;
}

/** What stands before the names of families; empty where nothing does. */
async function askPrefix(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<string> {
  const found = await inquiry.askUnderstood(client, prefixQuery(own)).catch(() => []);
  const [name] = found.flatMap(({ labels }) => labels['__name__'] ?? []).sort();
  return name?.endsWith(TELLING_FAMILY) ? name.slice(0, -TELLING_FAMILY.length) : '';
}

async function askLabels(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<StoredLabels> {
  const samples = await inquiry.ask(client, labelsQuery(own));
  const { pushed, other } = toRenamed(samples);
  const isNamespaceless = samples.some(({ labels }) => labels['lacks'] === 'namespace');
  // A store older than names with dots takes them for a mistake.
  const dotted =
    isNamespaceless && other.length === 0 ? await inquiry.askUnderstood(client, dottedQuery(own)) : [];
  const known = [...other, ...toRenamed(dotted).other];
  const isUnknown = isNamespaceless && !known.some(({ label }) => label === 'namespace');
  const series =
    isUnknown || pushed.some(({ label }) => label === 'namespace')
      ? await inquiry.askUnderstood(client, someSeriesQuery(own))
      : [];
  const guessed = toGuessedNames(series, [...pushed, ...known]);
  const renamed = [...pushed, ...known, ...guessed];
  const details = renamed.length === 0 ? [] : await inquiry.ask(client, aliasQuery(renamed, own));
  return toStoredLabels([...samples, ...dotted], details, guessed);
}

async function askFamilies(
  inquiry: Inquiry,
  client: PrometheusClient,
  own: readonly string[],
): Promise<StoredFamilies> {
  const [families, bounds] = await Promise.all([
    inquiry.ask(client, familiesQuery(own)),
    inquiry.ask(client, boundsQuery(own)),
  ]);
  return toStoredFamilies(families, bounds);
}
