// Made-up counters: pods that come, go, start anew, are scraped late, now and then or not at all for a while, under labels that
// change and with families that come later; and what happens to them. The same seed gives the same.

import { BAD, from, GOOD, PLAIN_OUT, secured, to } from './mesh-of.ts';
import { seeded } from './seeded.ts';
import type { Happening, WrittenPod } from './written-pod.ts';

export interface MadeCounters {
  readonly cluster: string;
  readonly pods: readonly WrittenPod[];
  readonly intervalSeconds: number;
  readonly windowSeconds: number;
  /** Unix seconds: when an agent took over that gives all series another label. */
  readonly renamedAt: number | null;
  /** Unix seconds: since when the store keeps requests, where it kept others before. */
  readonly requestsSince: number | null;
  /** It keeps neither versions nor when a process started. */
  readonly isScant: boolean;
}

const OUT = { __name__: 'response_total', direction: 'outbound', ...to('shop/api') };
/** All that one pod may count of its calls. */
const KINDS = [
  { ...OUT, ...secured('shop/api'), ...GOOD },
  { ...OUT, ...secured('shop/api'), ...BAD },
  { ...OUT, ...PLAIN_OUT, ...GOOD },
  { ...OUT, ...PLAIN_OUT, ...BAD },
];
const SPAN_SECONDS = 900;
const SCANT = ['proxy_build_info', 'process_start_time_seconds'];

export function madeCounters(seed: number, now: number): MadeCounters {
  const random = seeded(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const intervalSeconds = between(2, 3) * 5;
  const windowSeconds = intervalSeconds * between(6, 30);
  const began = now - SPAN_SECONDS;
  const insideWindow = () => now - random() * windowSeconds;

  function toPod(index: number): WrittenPod {
    const phase = random() * intervalSeconds;
    // The first is always there: the store is older than any window.
    const first =
      index === 0 ? began - 1000 : random() < 0.5 ? began - 1000 : began + random() * SPAN_SECONDS;
    const starts = [first, ...(random() < 0.3 ? [began + random() * SPAN_SECONDS] : [])].sort(
      (a, b) => a - b,
    );
    // One that is found late has counted before anybody looked.
    const found = Math.max(began, first) + (index > 0 && random() < 0.2 ? random() * SPAN_SECONDS : 0);
    const gone = index > 0 && random() < 0.2 ? found + random() * SPAN_SECONDS : now;
    const scrapes: number[] = [];
    for (let at = began + phase; at <= Math.min(now, gone); at += intervalSeconds)
      if (at >= found && random() > 0.03) scrapes.push(at + random() * 0.3 * intervalSeconds);
    const happenings = KINDS.flatMap((labels) => toHappenings(labels, first, Math.min(now, gone)));
    const name = `web-${index}`;
    const labels = { ...from('shop/web'), cluster: `made-${seed}`, pod: name, instance: name };
    return { labels, starts, scrapes: scrapes.filter((at) => at <= now), happenings };
  }
  /** Much, little, once, or nothing. */
  function toHappenings(labels: Happening['labels'], start: number, end: number): Happening[] {
    const since = Math.max(start, began - 300);
    const times = [0, 1, between(1, 5), between(20, 400)][between(0, 3)] as number;
    return Array.from({ length: times }, () => ({
      at: since + random() * Math.max(0, end - since),
      labels,
      count: random() < 0.8 ? 1 : between(2, 20),
    })).sort((a, b) => a.at - b.at);
  }
  const pods = Array.from({ length: between(1, 4) }, (_, index) => toPod(index));
  const kept = { cluster: `made-${seed}`, pods, intervalSeconds, windowSeconds };
  const isScant = random() < 0.2;
  const renamedAt = !isScant && random() < 0.3 ? insideWindow() : null;
  const requestsSince = !isScant && renamedAt === null && random() < 0.2 ? insideWindow() : null;
  return { ...kept, isScant, renamedAt, requestsSince };
}

/** The same pods as the store has them. */
export function storedPods({ pods, isScant, renamedAt, requestsSince }: MadeCounters): WrittenPod[] {
  return pods.flatMap((pod, index): WrittenPod[] => {
    const kept = {
      ...pod,
      ...(isScant ? { without: SCANT } : {}),
      ...(requestsSince === null ? {} : { requestsSince }),
    };
    if (renamedAt === null) return [kept];
    const [before, after] = [
      pod.scrapes.filter((at) => at < renamedAt),
      pod.scrapes.filter((at) => at >= renamedAt),
    ];
    const endsAt = after[0];
    return [
      {
        ...kept,
        labels: { ...pod.labels, agent: 'a' },
        scrapes: before,
        // Agents that go down say nothing of it.
        ...(endsAt !== undefined && index % 2 === 0 ? { endsAt } : {}),
      },
      { ...kept, labels: { ...pod.labels, agent: 'b' }, scrapes: after },
    ];
  });
}

export interface Truth {
  /** What happened in the window, as far as somebody scraped it. */
  readonly count: number;
  /** The most that one scrape may be off by: of each series of each pod its largest step. */
  readonly apart: number;
  /** Of what a scrape inside of the window saw happen since the one before, which is inside too or knew of nothing. */
  readonly sure: number;
}

/** Of all kinds that `isMeant` chooses, in the window that was used. */
export function truthOf(
  { pods, intervalSeconds, isScant, renamedAt, requestsSince }: MadeCounters,
  { now, windowSeconds }: { readonly now: number; readonly windowSeconds: number },
  isMeant: (labels: Happening['labels']) => boolean,
): Truth {
  const start = now - windowSeconds;
  let [count, apart, sure] = [0, 0, 0];
  for (const { scrapes: all, happenings, starts } of pods) {
    const scrapes = requestsSince === null ? all : all.filter((at) => at >= requestsSince);
    // Where no version tells that a pod is scraped, its second scrape counts the first.
    const foundAt = scrapes[isScant ? 1 : 0] ?? Number.POSITIVE_INFINITY;
    for (const kind of KINDS.filter(isMeant)) {
      const own = happenings.filter(({ labels }) => labels === kind);
      const startedAt = isScant ? 0 : (starts.findLast((at) => at <= foundAt) ?? foundAt);
      // Before it was found nobody knows what it counted, unless it started inside the window.
      const known = own.filter(({ at }) => at > foundAt || startedAt > start);
      count += sum(known.filter(({ at }) => at > start && at <= (scrapes.at(-1) ?? 0)));
      // Of a pod that is found inside the window nobody knows which of its series are new.
      const isKnown = foundAt <= start || startedAt > start;
      let largest = 0;
      let before = Number.NEGATIVE_INFINITY;
      for (const scrape of [...scrapes, now]) {
        largest = Math.max(largest, sum(known.filter(({ at }) => at > before && at <= scrape)));
        // A counter that starts anew between two scrapes takes with it what it had counted since the last.
        const isWhole = ![...starts, ...(renamedAt === null ? [] : [renamedAt])].some(
          (at) => at > before && at <= scrape && before > 0,
        );
        const isSeen = scrape <= now && scrape > start && before > start && scrapes.includes(scrape);
        if (isSeen && isWhole && isKnown) sure += sum(own.filter(({ at }) => at > before && at <= scrape));
        before = scrape;
      }
      // A rate reaches half a step back before its first sample, and a whole one beyond its last; under two names twice.
      const isWithin = foundAt > start || (scrapes.at(-1) ?? 0) < now - 1.1 * intervalSeconds;
      apart += largest * (renamedAt !== null ? 2 : isWithin ? 1.5 : 1);
    }
  }
  return { count, apart, sure };
}

function sum(happenings: readonly Happening[]): number {
  return happenings.reduce((total, { count }) => total + count, 0);
}
