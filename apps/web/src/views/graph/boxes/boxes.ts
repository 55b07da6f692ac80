// From the graph and what Kubernetes tells of a label to the graph in boxes of its values, or why there are none.

import type { ByLabel } from '@latchwork/graph/scene/box-of';
import { groupedBy } from '@latchwork/graph/scene/grouped-by';
import type { Graph } from '@latchwork/shared/graph';
import type { Labels } from '@latchwork/shared/labels';
import { sentence } from '../../../format/sentence.ts';
import type { Live } from '../../../live/live.svelte.ts';
import { otherCluster } from '../../../live/other-cluster.ts';
import type { Place } from '../../../location/place.ts';

/** Neither: it is coming. */
export interface ToldBoxes {
  graph?: Graph & ByLabel;
  why?: string;
}

export class Boxes {
  // From one label to the next, boxes stay what they were until the values are there.
  #last: Labels | null = null;

  of(
    whole: Graph | undefined,
    place: Pick<Place, 'by' | 'cluster'>,
    live: Pick<Live, 'about' | 'topic'>,
  ): ToldBoxes {
    const { by } = place;
    if (by === null) return {};
    if (otherCluster(live.about, place) !== null)
      return {
        why: 'Labels are known of the cluster that this server is connected to, and this is another one.',
      };
    const topic = live.topic('labels', { label: by });
    const labels = topic.current ?? null;
    if (labels === null && topic.trouble !== undefined) return { why: sentence(topic.trouble) };
    const why = labels && whyNone(labels);
    if (why) return { why };
    this.#last = labels ?? this.#last;
    const shown = this.#last;
    return whole && shown?.label ? { graph: groupedBy(whole, shown.label, shown.values) } : {};
  }
}

/** Null where some workload has a value. */
function whyNone({ values, parts }: Labels): string | null {
  if (Object.keys(values).length > 0) return null;
  const { pods } = parts;
  if (pods?.state === 'waiting') return null;
  const isUnseen = pods === undefined || pods.state === 'denied' || pods.state === 'failed';
  if (!isUnseen) return 'No workload has it on all of its pods that run.';
  return [pods?.message ?? 'Pods cannot be seen here', pods?.remedy ?? null]
    .filter((text) => text !== null)
    .map(sentence)
    .join(' ');
}
