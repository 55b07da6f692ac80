// Of the marks that share one place, the one that says most.

import type { MarkKind } from './mark-kind.ts';

const RISING: readonly MarkKind[] = [
  'none',
  'secured',
  'unknown',
  'opaque',
  'mixed',
  'plaintext',
  'refused',
  'broken',
];

export function worstMark(kinds: readonly MarkKind[]): MarkKind {
  return kinds.reduce((worst, kind) => (RISING.indexOf(kind) > RISING.indexOf(worst) ? kind : worst), 'none');
}
