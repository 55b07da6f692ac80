// What the mesh's own numbers cost: scrapes, samples, the memory of proxies, and the store's time for our questions.

import type { Cost } from '@latchwork/shared/health/checks';
import type { HealthView } from './health-view.ts';

/** What this server counted of itself. */
export type OwnCost = Pick<Cost, 'questions' | 'viewers'>;

export function toCost({ facts, proxies, mesh }: HealthView, own: OwnCost): Cost {
  const one = (fact: string) => (facts.state === 'known' ? facts.value.one(fact) : null);
  const count = proxies.state === 'known' ? proxies.value.length : null;
  const samples = one('samples');
  const interval = mesh.state === 'known' ? mesh.value.intervalSeconds : null;
  const largest = facts.state === 'known' ? facts.value.of('largest')[0] : undefined;
  return {
    proxies: count,
    samplesPerScrape: samples,
    samplesPerProxy: samples !== null && count ? samples / count : null,
    samplesPerSecond: samples !== null && interval ? samples / interval : null,
    scrapeSecondsPerProxy: one('scrapeSeconds'),
    proxyMemoryBytes: one('memory'),
    largestProxy: largest
      ? { pod: `${largest.labels['namespace']}/${largest.labels['pod']}`, memoryBytes: largest.value }
      : null,
    ...own,
  };
}
