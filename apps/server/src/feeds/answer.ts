// A question that can be read once or followed.

import type { TopicSource } from './hub.ts';

export interface Answer<T> extends TopicSource<T> {
  /** A reader who leaves aborts `signal`: nobody waits for the answer then. */
  read(signal?: AbortSignal): Promise<T>;
}
