// The table of the chart's values, out of values.yaml and its comments. Pure: text in, Markdown out.

import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly about: string;
}

/** Throws when a value has no comment that begins with `--`. */
export function valuesTable(yaml: string): string {
  const { contents } = parseDocument(yaml);
  if (!isMap(contents)) throw new Error('values.yaml has no values: write them as a mapping');
  const rows = rowsOf(contents, '').map(
    ({ name, value, about }) => `| \`${name}\` | \`${value}\` | ${about.replaceAll('|', '\\|')} |`,
  );
  return ['| value | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function rowsOf(map: YAMLMap, prefix: string): Row[] {
  return map.items.flatMap((item, index) => {
    const pair = item as Pair;
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const name = `${prefix}${key}`;
    // The parser gives the comment above a first key to its map.
    const comment = commentOf(pair) ?? (index === 0 ? map.commentBefore : null);
    const about = /(?:^|\n)\s*--\s+(.+)$/.exec(comment ?? '')?.[1];
    if (about) return [{ name, about, value: JSON.stringify(plain(pair.value)) }];
    if (isMap(pair.value) && pair.value.items.length > 0) return rowsOf(pair.value, `${name}.`);
    throw new Error(`${name} has no comment: write "# -- what it means" above it`);
  });
}

function commentOf({ key }: Pair): string | null {
  return isScalar(key) ? (key.commentBefore ?? null) : null;
}

function plain(value: unknown): unknown {
  return isScalar(value) ? value.value : isMap(value) ? value.toJSON() : (value as YAMLMap).toJSON();
}
