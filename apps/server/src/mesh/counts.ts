// What was counted in the window, in whole requests: below some number a share says little.

export interface Counts {
  readonly requests: number;
  readonly failures: number;
}

export function toCounts(rps: number, successRps: number, windowSeconds: number): Counts {
  const failed = (rps - successRps) * windowSeconds;
  // What is left of a difference of sums is no failure; any failure at all is one.
  const failures = failed <= CRUMB * rps * windowSeconds ? 0 : Math.max(1, Math.round(failed));
  return { requests: Math.max(failures, Math.round(rps * windowSeconds)), failures };
}

const CRUMB = 1e-9;
