// What looking costs, in rows of words. What is not known has no row. Pure.

import { count } from '@latchwork/figures/count';
import { threeDigits } from '@latchwork/figures/rate';
import type { Cost } from '@latchwork/shared/health/checks';

const MB = 1_000_000;

export function toCostRows(cost: Cost): { readonly name: string; readonly value: string }[] {
  const row = (name: string, value: number | null, words: (value: number) => string) =>
    value === null ? [] : [{ name, value: words(value) }];
  const megabytes = (bytes: number) => `${count(bytes / MB)} MB`;
  const questions = cost.questions.reduce((sum, { asked }) => sum + asked, 0);
  const seconds = cost.questions.reduce((sum, one) => sum + one.seconds, 0);
  const slowest = cost.questions
    .filter(({ asked }) => asked > 0)
    .toSorted((a, b) => b.seconds / b.asked - a.seconds / a.asked)[0];
  return [
    ...row('Samples a scrape of all proxies', cost.samplesPerScrape, count),
    ...row('Series of a proxy', cost.samplesPerProxy, count),
    ...row('Samples a second', cost.samplesPerSecond, count),
    ...row('Time to scrape one', cost.scrapeSecondsPerProxy, (value) => `${threeDigits(value * 1000)} ms`),
    ...row('Memory of all proxies', cost.proxyMemoryBytes, megabytes),
    ...(cost.largestProxy
      ? [{ name: `Largest: ${cost.largestProxy.pod}`, value: megabytes(cost.largestProxy.memoryBytes) }]
      : []),
    ...(questions > 0
      ? [
          { name: 'Questions to the store', value: count(questions) },
          { name: 'Its time for one, on average', value: `${threeDigits((seconds / questions) * 1000)} ms` },
        ]
      : []),
    ...(slowest
      ? [
          {
            name: `Dearest kind: ${slowest.name}`,
            value: `${threeDigits((slowest.seconds / slowest.asked) * 1000)} ms`,
          },
        ]
      : []),
    { name: 'Viewers now', value: count(cost.viewers) },
  ];
}
