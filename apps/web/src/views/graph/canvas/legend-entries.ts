// What the legend has to explain: the marks and lines that are in the picture.

import type { Layout } from '@latchwork/graph/layout/place';
import type { Link } from '@latchwork/graph/scene/link';

export const LEGEND_ENTRIES = [
  'secured',
  'mixed',
  'plaintext',
  'opaque',
  'unknown',
  'partlyRefused',
  'split',
  'bundle',
  'good',
  'warn',
  'bad',
  'tcp',
  'refused',
  'broken',
] as const;
export type LegendEntry = (typeof LEGEND_ENTRIES)[number];

export function legendEntries(
  links: readonly (Pick<Link, 'mark' | 'tone' | 'protocol' | 'partlyRefused'> &
    Partial<Pick<Link, 'split'>>)[],
  layout: Layout,
): Set<LegendEntry> {
  const entries = new Set<LegendEntry>();
  for (const { mark, tone, protocol, partlyRefused, split } of links) {
    if (mark !== 'none') entries.add(mark);
    if (partlyRefused) entries.add('partlyRefused');
    if (split) entries.add('split');
    if (tone === 'good' || tone === 'warn' || tone === 'bad') entries.add(tone);
    if (protocol === 'tcp') entries.add('tcp');
  }
  if (layout.links.some(({ bundle }) => bundle !== null)) entries.add('bundle');
  return entries;
}
