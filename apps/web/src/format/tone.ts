// The three tones of a success rate and of a latency, and no tone for what is as it should be.

export type Tone = 'good' | 'warn' | 'bad';

/** Below this a success rate is bad, whatever the target. */
export const BAD_BELOW = 0.95;

export function successTone(successRate: number, target: number): Tone {
  if (successRate >= target) return 'good';
  return successRate >= BAD_BELOW ? 'warn' : 'bad';
}

export function latencyTone(p95Ms: number, targetMs: number): Tone {
  return p95Ms > targetMs ? 'warn' : 'good';
}
