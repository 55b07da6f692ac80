// Which lines are drawn over which: trouble over health, open over secured, the selected one on top.

import { TONE_ORDER } from '@latchwork/graph/draw/encode';
import type { Link } from '@latchwork/graph/scene/link';
import type { MarkKind } from '@latchwork/graph/scene/mark-kind';

const MARK_ORDER: readonly MarkKind[] = [
  'none',
  'secured',
  'unknown',
  'opaque',
  'plaintext',
  'mixed',
  'refused',
  'broken',
];

export function drawingOrder(links: readonly Link[], selectedId: string | null): Link[] {
  const rank = ({ id, tone, mark }: Link) =>
    (id === selectedId ? 1000 : 0) + 20 * TONE_ORDER.indexOf(tone) + MARK_ORDER.indexOf(mark);
  return [...links].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
