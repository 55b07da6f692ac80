// Which share of an edge's calls policy turned away. Refusals are counted by the target, calls by the caller: two
// families that are scraped apart, so that one may seem to be more than the other.

export interface RefusalCounts {
  readonly refusedRps: number;
  /** Of the caller's calls, or connections where there are no calls. */
  readonly rps: number;
  /** Of `rps`, what ended for the caller as a refusal does; null where series do not say how calls ended. */
  readonly turnedAwayRps: number | null;
  /** The target counts the calls of this caller: then those it turned away are not among them. */
  readonly isCountedByTarget: boolean;
  readonly windowSeconds: number;
}

/** Below this, of the answers, it is chance whether one got through. */
const LEAST_THROUGH = 0.02;
/** So far may the two counts of the same calls lie apart: by a share, or by this many calls. */
const APART = 0.2;
const CALLS_APART = 1.5;

/** 0 to 1; null when nothing was refused. */
export function toRefusedShare(counts: RefusalCounts): number | null {
  const { refusedRps, rps, turnedAwayRps, isCountedByTarget, windowSeconds } = counts;
  if (refusedRps <= 0) return null;
  if (isCountedByTarget) return refusedRps / (refusedRps + rps);
  if (rps <= 0) return 1;
  const share = Math.min(1, refusedRps / rps);
  const isNearlyAll = share >= 1 - APART || (rps - refusedRps) * windowSeconds <= CALLS_APART;
  if (turnedAwayRps === null) return isNearlyAll && share > 1 - APART / 2 ? 1 : share;
  const turnedAway = turnedAwayRps / rps;
  // What ended otherwise did get through, whatever the target counted meanwhile.
  if (turnedAway <= 1 - LEAST_THROUGH) return Math.min(share, turnedAway);
  return isNearlyAll ? 1 : share;
}
