// What the samples themselves leave open: too few, too late, not long enough, or with values that no proxy has.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { span } from '@latchwork/figures/span';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { Sample } from '../sources/prometheus/sample.ts';
import { toFinding } from './findings/finding.ts';

export interface SamplingInput {
  readonly windowSeconds: number;
  readonly windowAskedSeconds: number;
  readonly scrapeIntervalSeconds: number | null;
  /** Of some proxies that are scraped less often; null where none are. */
  readonly slowIntervalSeconds: number | null;
  readonly lagSeconds: number;
  /** By how much the newest samples of a tenth of the proxies, or more, are older than those of most. */
  readonly behindSeconds: number;
  /** Proxies with other labels, or further families, than at the window's start. */
  readonly renamed: number | null;
  /** Series that were left out of the answers: how many, by `namespace` and `pod`. */
  readonly strange: readonly Sample[];
  /** Nothing moves: other diagnoses say why. */
  readonly isSilent: boolean;
}

/** A lag is said from so many scrapes on. */
const LATE_SCRAPES = 2;
/** Less is an ordinary difference between scrapes. */
const SHORTEST_LAG_SECONDS = 20;
const NAMED = 3;

export function toSamplingDiagnoses(input: SamplingInput): (Finding | null)[] {
  return [
    late(input),
    someLate(input),
    renamedProxies(input),
    implausible(input),
    intervalUnknown(input),
    widened(input),
    shortened(input),
  ];
}

function late({ lagSeconds, scrapeIntervalSeconds }: SamplingInput): Finding | null {
  if (lagSeconds <= LATE_SCRAPES * (scrapeIntervalSeconds ?? 0)) return null;
  return toFinding({
    code: 'late-samples',
    what: `the newest samples are ${lagSeconds} s old: they arrive late, or no more come; what you see is as of then`,
    remedy:
      'see how far remote write, agents or Thanos are behind, whether the scrapes go on, and whether the clocks agree',
  });
}

/** The window's end is that of most: of the others it lacks some. */
function someLate({
  behindSeconds,
  scrapeIntervalSeconds,
  slowIntervalSeconds,
}: SamplingInput): Finding | null {
  const interval = slowIntervalSeconds ?? scrapeIntervalSeconds;
  if (interval === null || behindSeconds <= Math.max(LATE_SCRAPES * interval, SHORTEST_LAG_SECONDS))
    return null;
  return toFinding({
    code: 'some-late-samples',
    severity: 'warn',
    what: `the newest samples of some proxies are ${span(Math.round(behindSeconds))} older than those of most: they arrive late, and their numbers are too small by what happened since; or these pods ended without a sign`,
    remedy:
      'see whether one of several agents or Prometheus servers is behind with its remote write; a longer window lacks less',
  });
}

function renamedProxies({ renamed, windowSeconds }: SamplingInput): Finding | null {
  if (renamed === 0) return null;
  return toFinding({
    code: 'labels-changed',
    what: `${renamed === null ? 'some proxies are' : counted(renamed, 'proxy is', 'proxies are')} stored under other labels, or with further families, since ${span(windowSeconds)} ago: what they counted for the first time in that time may be missing`,
    remedy:
      'nothing, if an agent, a Prometheus or a scrape configuration was replaced: it passes with the window',
  });
}

function implausible({ strange }: SamplingInput): Finding | null {
  if (strange.length === 0) return null;
  const series = new Map<string, number>();
  for (const { labels, value } of strange) {
    const pod = [labels['namespace'], labels['pod']].filter(Boolean).join('/') || 'an unnamed pod';
    series.set(pod, (series.get(pod) ?? 0) + (Number.isFinite(value) ? value : 0));
  }
  const pods = [...series.keys()].sort();
  const total = [...series.values()].reduce((sum, count) => sum + count, 0);
  return toFinding({
    code: 'implausible-values',
    severity: 'warn',
    what: `${total} series of ${named(pods, NAMED)} have values that no proxy counts: they are left out of every sum`,
    remedy: 'look at what that pod answers on its port 4191 (/metrics); something else may answer there',
  });
}

function intervalUnknown({ scrapeIntervalSeconds, windowSeconds, isSilent }: SamplingInput): Finding | null {
  if (scrapeIntervalSeconds !== null || isSilent) return null;
  return toFinding({
    code: 'interval-unknown',
    what: `how often proxies are scraped is not known (yet), so neither is whether ${span(windowSeconds)} is long enough: a rate needs four scrapes`,
    remedy: 'wait for a few scrapes; if it stays so, choose a longer window',
  });
}

function widened({
  windowSeconds,
  windowAskedSeconds,
  scrapeIntervalSeconds,
  slowIntervalSeconds: slow,
}: SamplingInput): Finding | null {
  if (windowSeconds <= windowAskedSeconds) return null;
  const which = slow === null ? 'proxies' : 'some proxies';
  return toFinding({
    code: 'window-widened',
    what: `the window is ${span(windowSeconds)} instead of ${span(windowAskedSeconds)}: ${which} are scraped every ${slow ?? scrapeIntervalSeconds} s, and a rate needs four scrapes`,
    remedy: 'scrape more often, or choose a longer window',
  });
}

function shortened({ windowSeconds, windowAskedSeconds }: SamplingInput): Finding | null {
  if (windowSeconds >= windowAskedSeconds) return null;
  return toFinding({
    code: 'window-shortened',
    what: `the window is ${span(windowSeconds)} instead of ${span(windowAskedSeconds)}: the store knows nothing of these proxies from before`,
    remedy: 'wait until it does, keep samples for longer, or choose a shorter window',
  });
}
