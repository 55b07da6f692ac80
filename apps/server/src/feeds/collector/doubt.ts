// Whether new rows of an answer look like what was there before: a scrape configuration that gives series other labels begins all
// of them anew, with as much as proxies counted since they started. Pure.

import { isDoubtful } from '../../sources/prometheus/questions/witnesses.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';

/** Values are a second, of the whole window. */
export function areDoubtful(samples: readonly Sample[], windowSeconds: number): boolean {
  const begun = samples.filter(isNew);
  if (begun.length === 0) return false;
  const grown = new Map(
    samples.filter((one) => !isNew(one)).map(({ labels, value }) => [keyOf(labels), value]),
  );
  return begun.some(({ labels, value }) =>
    isDoubtful(value * windowSeconds, (grown.get(keyOf(labels)) ?? 0) * windowSeconds),
  );
}

function isNew({ labels }: Sample): boolean {
  return labels['new'] !== undefined;
}

function keyOf(labels: Labels): string {
  const named = Object.entries(labels).filter(([name]) => name !== 'new');
  return JSON.stringify(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}
