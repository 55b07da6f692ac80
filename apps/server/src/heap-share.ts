// A part of what Node gives its heap, which follows the memory of the container: whoever has a larger mesh gives the server more.

import { getHeapStatistics } from 'node:v8';

/** Bytes; `share` is of 1. V8's limit counts the young generation, too: 448 MiB in a container of 512, of which 256 last. */
export function heapShareBytes(share: number): number {
  return Math.floor(getHeapStatistics().heap_size_limit * share);
}
