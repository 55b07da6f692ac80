// A question that can be read once or followed.

import type { TopicSource } from './hub.ts';

export interface Answer<T> extends TopicSource<T> {
  read(): Promise<T>;
}
