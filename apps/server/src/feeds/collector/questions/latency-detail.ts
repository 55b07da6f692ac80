// How many bounds of a latency histogram to ask for: all 26, or 14 where that would cost too much.

import { SourceError } from '../../../sources/source-error.ts';
import type { Outcome } from '../ask-round.ts';

const LARGE_MESH_WORKLOADS = 300;
const SLOW_SECONDS = 1;
/** All 26 cost about twice as much as 14: only well below the limit is there room for them again. */
const QUICK_SECONDS = 0.25;

export class LatencyDetail {
  #slow = false;

  isCoarse(workloads: number): boolean {
    return this.#slow || workloads > LARGE_MESH_WORKLOADS;
  }

  /** `latencies`: how the questions about histograms went; none when it was not their turn. */
  learn(latencies: readonly Outcome[]): void {
    if (latencies.length === 0) return;
    const tookSeconds = Math.max(...latencies.map((outcome) => outcome.tookSeconds));
    if (tookSeconds > SLOW_SECONDS || latencies.some(isTooMuch)) this.#slow = true;
    else if (tookSeconds < QUICK_SECONDS) this.#slow = false;
  }
}

function isTooMuch({ error }: Outcome): boolean {
  return error instanceof SourceError && (error.kind === 'timed-out' || error.kind === 'too-much');
}
