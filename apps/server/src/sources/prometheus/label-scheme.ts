// Labels that a store keeps under other names than the proxies and Linkerd's scrape configuration give them: questions are
// put into its words, and answers back into ours. Knows names, not what they mean.

import type { PrometheusClient } from './client.ts';
import { labelName } from './questions/promql.ts';
import type { Labels } from './sample.ts';

/** What we call `label` this store has, also or only, under `from`. */
export interface LabelAlias {
  readonly label: string;
  readonly from: string;
  /**
   * `everywhere`: no series has it otherwise. `first`: where `from` is, it counts (a scrape pushed the proxy's own aside, to
   * `exported_…`). `else`: where `label` is missing.
   */
  readonly reads: 'everywhere' | 'first' | 'else';
}

export type LabelScheme = readonly LabelAlias[];

/** The same client, in the words of the store at the time of asking. */
export function withLabelScheme(client: PrometheusClient, scheme: () => LabelScheme): PrometheusClient {
  return {
    async query(text, options) {
      const now = scheme();
      const rows = await client.query(inWordsOf(text, now), options);
      return now.length === 0 ? rows : rows.map((row) => ({ ...row, labels: inOurWords(row.labels, now) }));
    },
    async queryRange(text, options) {
      const now = scheme();
      const lines = await client.queryRange(inWordsOf(text, now), options);
      return now.length === 0
        ? lines
        : lines.map((line) => ({ ...line, labels: inOurWords(line.labels, now) }));
    },
    close: () => client.close(),
  };
}

/** Strings are left alone: they are values. */
const STRING = /("(?:[^"\\]|\\.)*")/;
const LABEL_LIST = /\b(by|on|ignoring|without) \(([^()]*)\)/g;
const EMPTY = '""';

/**
 * A label is grouped by under all its names, and is missing where all of them are. A matcher for its value finds only the
 * name that it has `everywhere`: who is told apart by a name that only some series have is said by a finding.
 */
export function inWordsOf(text: string, scheme: LabelScheme): string {
  if (scheme.length === 0) return text;
  const only = new Map(
    scheme.flatMap(({ label, from, reads }) => (reads === 'everywhere' ? [[label, from] as const] : [])),
  );
  const also = Map.groupBy(
    scheme.filter(({ reads }) => reads !== 'everywhere'),
    ({ label }) => label,
  );
  const pieces = text.split(STRING);
  return pieces
    .map((piece, i) => {
      if (i % 2 === 1) return widened(piece, pieces[i - 1] ?? '', also);
      const renamed = piece.replace(/\b[A-Za-z_]\w*\b/g, (word) => {
        const from = only.get(word);
        return from === undefined ? word : labelName(from);
      });
      return renamed.replace(LABEL_LIST, (_, word: string, list: string) => {
        const names = list.split(', ').filter((name) => name !== '');
        return `${word} (${names.flatMap((name) => [name, ...(also.get(name) ?? []).map(({ from }) => labelName(from))]).join(', ')})`;
      });
    })
    .join('');
}

/** `pod=""` becomes `pod="",exported_pod=""`: without any of its names. */
function widened(value: string, before: string, also: ReadonlyMap<string, LabelScheme>): string {
  const [, label = ''] = /[{,](\w+)=$/.exec(before) ?? [];
  const others = value === EMPTY ? (also.get(label) ?? []) : [];
  return [value, ...others.map(({ from }) => `${labelName(from)}=${EMPTY}`)].join(',');
}

function inOurWords(labels: Labels, scheme: LabelScheme): Labels {
  const ours: Record<string, string> = { ...labels };
  for (const { label, from, reads } of scheme) {
    const value = ours[from];
    delete ours[from];
    if (value && (reads !== 'else' || !ours[label])) ours[label] = value;
  }
  return ours;
}
