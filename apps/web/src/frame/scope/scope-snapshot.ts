// The snapshot that the current view stands on, for what the frame says about it; null in views that have none.

import type { Live } from '../../live/live.svelte.ts';
import { scopeParams } from '../../live/scope.ts';
import type { Topic } from '../../live/topic.svelte.ts';
import type { Place } from '../../location/place.ts';

/** The view's own topic, so that the frame costs no subscription; Live needs the names for its target. */
export function scopeTopic(live: Live, place: Place): Topic<'graph'> | Topic<'workloads'> {
  return place.view === 'graph'
    ? live.topic('graph', scopeParams(place))
    : live.topic('workloads', scopeParams(place));
}
