// What one step of the doctor finds: all is well there, that is why, or it cannot be told.

import type { PossibleCause } from '@latchwork/shared/problems/finding';
import type { Told, Untold } from '../../../sources/told.ts';
import type { HealthView } from '../health-view.ts';

/** One cause before anybody looked. Null where it has no meaning, such as of a workload when none is named. */
export interface DoctorRule {
  readonly id: string;
  readonly title: string;
  readonly ask: (view: HealthView, workload: string | null) => Diagnosis | null;
}

interface Fine {
  readonly state: 'ok';
  readonly evidence: string | null;
}

export interface Wrong {
  readonly state: 'failed';
  readonly code: string;
  /** What is so, in the place of the step's own title. */
  readonly title: string;
  /** The same in two or three words, for a cell. */
  readonly words: string;
  readonly evidence: string;
  readonly remedy: string;
  readonly command?: string | null;
  readonly causes?: readonly PossibleCause[];
}

interface Unclear {
  readonly state: 'unknown';
  readonly evidence: string;
  readonly remedy: string;
  readonly right: string | null;
}

export type Diagnosis = Fine | Wrong | Unclear;

export function fine(evidence: string | null = null): Fine {
  return { state: 'ok', evidence };
}

export function wrong(said: Omit<Wrong, 'state'>): Wrong {
  return { state: 'failed', ...said };
}

export function unclear({ why, remedy, right }: Pick<Untold, 'why' | 'remedy' | 'right'>): Unclear {
  return { state: 'unknown', evidence: why, remedy, right };
}

export function diagnosed<T>(told: Told<T>, diagnose: (value: T) => Diagnosis | null): Diagnosis | null {
  if (told.state === 'known') return diagnose(told.value);
  return told.state === 'untold' ? unclear(told) : null;
}
