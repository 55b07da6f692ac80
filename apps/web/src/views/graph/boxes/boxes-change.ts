// Other boxes as a change of place: what names those of before is left behind. Pure.

import { parseNodeId } from '@latchwork/shared/node-id';
import type { Place } from '../../../location/place.ts';

type Boxed = Pick<Place, 'by' | 'focus' | 'trail' | 'folded' | 'unfolded' | 'hidden' | 'selected'>;

/** `by` null: namespaces. The neighbourhood of one workload stays. */
export function boxesChange({ focus, hidden, selected }: Boxed, by: string | null): Boxed {
  const isBox = (id: string) => id.includes('folded:');
  return {
    by,
    focus: focus !== null && parseNodeId(focus) !== null ? focus : null,
    trail: [],
    folded: [],
    unfolded: [],
    hidden: hidden.filter((id) => !isBox(id)),
    selected: selected === null || isBox(selected) ? null : selected,
  };
}
