// The causes that empty every number: the store is away, lets us not in, holds nothing of Linkerd, or not whose it is.

import { counted } from '@latchwork/figures/count';
import { span } from '@latchwork/figures/span';
import { OF_LABELS } from '../checks/metrics-checks.ts';
import { freshnessOf } from '../freshness.ts';
import type { HealthView } from '../health-view.ts';
import { seesSeries } from '../seen-series.ts';
import { sentence } from '../sentence.ts';
import { type Diagnosis, type DoctorRule, diagnosed, fine, unclear, wrong } from './diagnosis.ts';

const OF_SILENCE: readonly string[] = ['empty', 'no-linkerd-metrics', 'stale-data'];

export const STORE_STEPS: readonly DoctorRule[] = [
  {
    id: 'reachable',
    title: 'Prometheus can be reached',
    ask: ({ facts, store }) =>
      facts.state === 'untold' && !facts.isRefused
        ? wrong({
            code: 'store-away',
            title: 'Prometheus does not answer',
            words: 'no answer',
            evidence: facts.why,
            remedy: sentence(facts.remedy),
          })
        : fine(`${store.name}${store.tookMs === null ? '' : `, ${Math.round(store.tookMs)} ms`}`),
  },
  {
    id: 'authorised',
    title: 'Latchwork may ask it',
    ask: ({ facts }) =>
      facts.state === 'untold' && facts.isRefused
        ? wrong({
            code: 'store-refused',
            title: 'Prometheus does not let Latchwork in',
            words: 'not let in',
            evidence: facts.why,
            remedy: sentence(facts.remedy),
          })
        : fine(),
  },
  { id: 'series', title: "It has Linkerd's series", ask: askSeries },
  { id: 'labels', title: 'They say whose they are', ask: askLabels },
  {
    id: 'fresh',
    title: 'They are fresh',
    ask: (view) =>
      diagnosed(view.facts, (told) => {
        const freshness = freshnessOf(view, told.one('age'));
        switch (freshness.state) {
          case 'fresh':
            return fine(`the newest sample is ${freshness.words}`);
          case 'late':
            return fine(freshness.words);
          case 'stale':
            return wrong({
              code: 'stale-data',
              title: 'Nothing new has come for a while',
              words: 'stale',
              evidence: `the newest sample is ${freshness.words}`,
              remedy:
                'See whether Prometheus still scrapes (its targets page), and whether its clock and the one of this server agree.',
            });
          case 'none':
            return unclear({ why: 'no sample tells its age', remedy: 'Ask again later.', right: null });
        }
      }),
  },
  {
    id: 'interval',
    title: 'The window holds enough of them',
    ask: ({ mesh }) =>
      diagnosed(mesh, ({ intervalSeconds, windowSeconds }) =>
        intervalSeconds === null
          ? wrong({
              code: 'interval-unknown',
              title: 'There are not two scrapes yet',
              words: 'just begun',
              evidence: 'a rate needs two scrapes, and the interval between them cannot be measured',
              remedy: 'Wait for two scrapes; if nothing comes, choose a longer window.',
            })
          : fine(`scraped every ${span(intervalSeconds)}, window ${span(windowSeconds)}`),
      ),
  },
];

function askSeries(view: HealthView): Diagnosis | null {
  const { proxies, mesh } = view;
  return diagnosed(proxies, (seen) => {
    if (seen.length > 0) return fine(counted(seen.length, 'proxy', 'proxies'));
    const why =
      mesh.state === 'known' ? mesh.value.diagnoses.find(({ code }) => OF_SILENCE.includes(code)) : undefined;
    if (why === undefined && seesSeries(view).state === 'known')
      return fine('of proxies that do not tell their version now');
    return wrong({
      code: why?.code ?? 'no-linkerd-metrics',
      title: "It has no series of Linkerd's proxies",
      words: 'not scraped',
      evidence: why?.what ?? 'proxy_build_info, which every proxy has, is not there',
      remedy: sentence(
        why?.remedy ??
          'scrape the port linkerd-admin (4191) of every meshed pod, or point --prometheus at the one that does; see that --matcher leaves it in',
      ),
    });
  });
}

function askLabels(view: HealthView, workload: string | null): Diagnosis | null {
  return diagnosed(view.mesh, ({ diagnoses }) => {
    if (workload !== null && hasNumbers(view, workload)) return fine('those of this workload do');
    const found = diagnoses.find(({ code }) => OF_LABELS.includes(code));
    return found
      ? wrong({
          code: found.code,
          title: 'Their labels do not say whose they are',
          words: 'labels missing',
          evidence: found.what,
          remedy: sentence(found.remedy),
          command: found.command,
        })
      : fine('namespace, pod and owner on every series');
  });
}

/** Whether a workload has figures of its own now: then nothing about the whole store is to blame. */
export function hasNumbers({ mesh }: Pick<HealthView, 'mesh'>, workload: string): boolean {
  if (mesh.state !== 'known') return false;
  const { golden, tcp } = mesh.value.workloads.get(workload) ?? {};
  return Boolean(golden) || Boolean(tcp);
}
