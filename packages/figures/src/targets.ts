// What a number is held against. Every threshold of a status stands here and nowhere else.

/** Below this a success rate is bad, whatever the target. */
export const BAD_BELOW = 0.95;

/** What success and p95 are held against until the server says otherwise. */
export const SUCCESS_TARGET = 0.99;
export const LATENCY_TARGET_MS = 1000;

/** What success is judged by. */
export interface Judge {
  /** 0 to 1: below it success is no longer good. */
  successTarget: number;
}

export interface Targets extends Judge {
  latencyTargetMs: number;
  /** Upper bounds in ms of the buckets that latencies were read from. */
  bounds: readonly number[];
}
