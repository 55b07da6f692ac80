// Where every number comes from: whether the store answers, knows every proxy, is fresh, and has the labels that tell whose a series is.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { span } from '@latchwork/figures/span';
import { isMeshed } from '../../inventory/proxy.ts';
import { isOver } from '../control-pods.ts';
import { freshnessOf } from '../freshness.ts';
import { type HealthView, isAsked } from '../health-view.ts';
import { scrapeCauses, WHICH_CAUSE } from '../scrape-way.ts';
import { ofSeries } from '../seen-series.ts';
import { judgedEach } from '../watched.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict, warning } from './verdict.ts';

const category = 'metrics';

/** What is said of labels: whose a series is. */
export const OF_LABELS: readonly string[] = [
  'missing-labels',
  'no-owner-labels',
  'no-tls-label',
  'namespace-overwritten',
  'labels-of-another-scheme',
  'pod-labels-hide',
  'stored-without-honor-labels',
];
/** What is said of what is not stored, or stored more than once. */
const OF_SERIES =
  /^(scraped-twice|stored-twice|several-clusters|partial-answer|not-stored:|outbound-not-stored|inbound-not-stored|latency-|last-bucket|bounds-thinned|implausible)/;
/** A pod may be there for a while before it is found and scraped. */
const FOUND_AFTER_MS = 120_000;

export const METRICS_CHECKS: readonly CheckRule[] = [
  {
    id: 'prometheus-answers',
    category,
    title: 'Prometheus answers',
    judge: ({ facts, store }) => {
      if (facts.state === 'known')
        return ok(`${store.name}${store.tookMs === null ? '' : `, ${Math.round(store.tookMs)} ms`}`);
      if (facts.state === 'absent') return null;
      return failed(facts.why, { remedy: facts.remedy });
    },
  },
  {
    id: 'l5d-data-plane-prom',
    category: 'linkerd-viz-data-plane',
    title: 'data plane proxy metrics are present in Prometheus',
    judge: (view) =>
      judged(
        view.proxies,
        (seen) => scrapeGap(view, seen),
        () => null,
      ),
  },
  {
    id: 'samples-fresh',
    category,
    title: 'Samples are fresh',
    judge: (view) =>
      judged(
        view.facts,
        (told) => {
          const freshness = freshnessOf(view, told.one('age'));
          switch (freshness.state) {
            case 'fresh':
              return ok(`the newest is ${freshness.words}`);
            case 'late':
              return warning(freshness.words, { remedy: freshness.remedy });
            case 'stale':
              return failed(`the newest is ${freshness.words}`, {
                remedy:
                  'See whether Prometheus still scrapes, and whether its clock agrees with the one of this server.',
              });
            case 'none':
              return failed('there is no sample of a proxy', {
                remedy: 'Scrape the port linkerd-admin (4191) of every meshed pod.',
              });
          }
        },
        () => null,
      ),
  },
  {
    id: 'scrapes-succeed',
    category,
    title: 'Targets can be scraped',
    judge: ofSeries((view) =>
      judged(
        view.facts,
        (told) => {
          const down = told.of('down').filter(({ labels }) => labels['pod']);
          const names = down.map(({ labels }) => `${labels['namespace']}/${labels['pod']}`);
          return down.length === 0
            ? ok('every target of a proxy answers')
            : warning(`the proxies of ${counted(down.length, 'pod')} cannot be scraped: ${named(names)}`, {
                remedy: WHICH_CAUSE,
                causes: scrapeCauses(view, [...new Set(down.map(({ labels }) => labels['namespace'] ?? ''))]),
                pods: names,
              });
        },
        () => null,
      ),
    ),
  },
  {
    id: 'scrape-interval',
    category,
    title: 'Scrape interval',
    judge: ({ mesh }) =>
      judged(
        mesh,
        ({ intervalSeconds, windowSeconds }) =>
          intervalSeconds === null
            ? unknown({
                why: 'it cannot be measured yet',
                remedy: 'wait for two scrapes',
                right: null,
              })
            : ok(
                `measured ${span(intervalSeconds)}; windows are at least ${span(4 * intervalSeconds)}, now ${span(windowSeconds)}`,
              ),
        () => null,
      ),
  },
  told('labels-complete', 'Labels are complete', (code) => OF_LABELS.includes(code), 'on every series'),
  told('series-complete', 'Series are complete', (code) => OF_SERIES.test(code), 'each once, none missing'),
];

/** What the reading of the mesh found, among its diagnoses. */
function told(id: string, title: string, isOurs: (code: string) => boolean, well: string): CheckRule {
  return {
    id,
    category,
    title,
    judge: ofSeries(({ mesh }) =>
      judged(
        mesh,
        ({ diagnoses, failedParts }) => {
          const found = diagnoses.filter(({ code }) => isOurs(code));
          const [first] = found;
          if (first)
            return warning(
              named(
                found.map(({ what }) => what),
                3,
              ),
              {
                remedy: first.remedy,
                command: first.command,
                ...(first.pods ? { pods: first.pods } : {}),
              },
            );
          if (failedParts.length > 0)
            return unknown({
              why: `not all questions were answered: ${named(failedParts)}`,
              remedy: 'see what the store says of them',
              right: null,
            });
          return ok(well);
        },
        () => null,
      ),
    ),
  };
}

function scrapeGap(view: HealthView, seen: readonly { namespace: string; pod: string }[]): Verdict | null {
  return judgedEach(view, 'pods', (pods) => {
    const expected = pods.filter(
      (pod) =>
        isMeshed(pod, view.home) &&
        !isOver(pod) &&
        pod.phase === 'Running' &&
        isAsked(view, pod.meta.namespace) &&
        view.nowMs - Date.parse(pod.meta.createdAt) > FOUND_AFTER_MS,
    );
    const known = new Set(seen.map(({ namespace, pod }) => `${namespace}/${pod}`));
    const missing = expected
      .map(({ meta }) => `${meta.namespace}/${meta.name}`)
      .filter((name) => !known.has(name));
    const words = `${expected.length - missing.length} of ${expected.length} expected`;
    return missing.length === 0
      ? ok(words)
      : warning(`${words}; not ${named(missing)}`, {
          remedy:
            'See whether the scrape configuration leaves these pods out, whether a NetworkPolicy or policy of the mesh keeps Prometheus from port 4191, and whether --matcher leaves them out.',
          pods: missing.slice(0, 100),
        });
  });
}
