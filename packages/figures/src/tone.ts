// The three tones of a success rate and of a latency, and no tone for what is as it should be.

export type Tone = 'good' | 'warn' | 'bad';

export function latencyTone(p95Ms: number, targetMs: number): Tone {
  return p95Ms > targetMs ? 'warn' : 'good';
}
