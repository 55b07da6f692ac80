// How much of a tapped request is kept: thousands are held at once, and whoever calls a tapped workload writes what is in them.

import type { TapHeader } from '@latchwork/shared/tap/tap-event';

const MOST_HEADERS = 100;
const MOST_IN_HEADERS = 8_192;
const MOST_IN_TEXT = 4_096;
const MOST_LABELS = 64;

/** With a sign where it was cut. A copy: a piece of a text would keep the whole of it in memory. */
export function bounded(text: string, most = MOST_IN_TEXT): string {
  if (text.length <= most) return text;
  return `${Buffer.from(text.slice(0, most)).toString()}…`;
}

/** The first ones, and one more that says how many were left out. */
export function boundedHeaders(headers: readonly TapHeader[]): TapHeader[] {
  const kept: TapHeader[] = [];
  let room = MOST_IN_HEADERS;
  for (const { name, value } of headers) {
    if (room <= 0 || kept.length === MOST_HEADERS) break;
    const header = { name: bounded(name, room), value: value === null ? null : bounded(value) };
    room -= header.name.length + (header.value?.length ?? 0);
    kept.push(header);
  }
  const left = headers.length - kept.length;
  return left === 0 ? kept : [...kept, { name: '…', value: `${left} more, too long to keep` }];
}

export function boundedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(labels).slice(0, MOST_LABELS);
  return Object.fromEntries(entries.map(([name, value]) => [bounded(name), bounded(value)]));
}
