// A part of what Node gives its heap, which follows the memory of the container: whoever has a larger mesh gives the server more.

import { getHeapStatistics } from 'node:v8';

/** Bytes; `share` is of 1. */
export function heapShareBytes(share: number): number {
  return Math.floor(getHeapStatistics().heap_size_limit * share);
}
