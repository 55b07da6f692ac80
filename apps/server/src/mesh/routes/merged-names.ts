// Services of one name in several namespaces: a proxy that calls two of them counts both under whichever came first
// (https://github.com/linkerd/linkerd2-proxy, by group, kind and name alone). What their endpoints answered keeps them apart.

import type { Sample } from '../../sources/prometheus/sample.ts';
import { RouteRow } from './route-row.ts';
import { toServiceAnswers } from './service-answers.ts';
import type { Tally } from './tally.ts';

/** Families that are scraped apart differ by so much, or by so many requests a second, without a cause. */
const APART = 0.2;
const APART_RPS = 0.1;

/** The rows, where they cannot be what they say with what was answered in their place. */
export function withNamesApart(
  rows: readonly RouteRow[],
  answers: readonly Sample[] | undefined,
): RouteRow[] {
  const answered = toAnswered(answers ?? []);
  const merged = new Set([...answered.values()].flatMap((services) => mergedIn(services, rows)));
  if (merged.size === 0) return [...rows];
  return [
    ...rows.filter(({ key, tally }) => !merged.has(key.parent) || tally.rps === 0),
    ...[...answered.values()].flatMap((services) =>
      [...services].flatMap(([parent, tally]) => (merged.has(parent) ? [rowApart(parent, tally)] : [])),
    ),
  ];
}

type Services = Map<string, Tally>;

/** By name, then by Service. */
function toAnswered(answers: readonly Sample[]): Map<string, Services> {
  const byName = new Map<string, Services>();
  for (const [id, tally] of toServiceAnswers(answers)) {
    const name = id.slice(id.lastIndexOf('/') + 1);
    byName.set(name, (byName.get(name) ?? new Map<string, Tally>()).set(id, tally));
  }
  return byName;
}

/** All that share a name, when one of them shows what another one got; none where routes of objects tell them apart. */
function mergedIn(services: Services, rows: readonly RouteRow[]): string[] {
  const called = [...services].filter(([, tally]) => tally.rps > 0);
  if (called.length < 2) return [];
  const own = rows.filter(({ key }) => services.has(key.parent));
  if (own.some(({ key, tally }) => key.kind !== 'default' && tally.rps > 0)) return [];
  const isWrong = called.some(([parent, { rps }]) => {
    const shown = own.reduce((sum, { key, tally }) => sum + (key.parent === parent ? tally.rps : 0), 0);
    return Math.abs(shown - rps) > Math.max(APART_RPS, APART * rps);
  });
  return isWrong ? called.map(([parent]) => parent) : [];
}

function rowApart(parent: string, tally: Tally): RouteRow {
  const row = new RouteRow({ parent, kind: 'default', group: '', namespace: '', name: 'http' }, tally);
  row.backends.set(parent, { weight: null, tally });
  row.isMerged = true;
  return row;
}
