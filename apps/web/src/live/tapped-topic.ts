// The topic of the requests that the address taps. Loaded with the first look at Live.

import type { Place } from '../location/place.ts';
import type { Live } from './live.svelte.ts';
import { otherCluster } from './other-cluster.ts';
import { TAP_ALL } from './tap-narrow.ts';
import { topParams } from './tapped.ts';
import type { Topic } from './topic.svelte.ts';

/** Null where nothing is tapped. */
export function tappedTopic(live: Live, place: Place): Topic<'tap'> | Topic<'top'> | null {
  const tapped = otherCluster(live.about, place) === null ? topParams(place) : null;
  return tapped && live.topic(place.tap === TAP_ALL ? 'tap' : 'top', tapped);
}
