// What a check says: all is well, look at it, it failed, or it cannot be told. A rule is a check before anybody looked.

import type { CheckState } from '@latchwork/shared/health/check';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { Told, Untold } from '../../../sources/told.ts';
import type { HealthView } from '../health-view.ts';

export type Advice = Pick<Finding, 'remedy'> &
  Partial<Pick<Finding, 'command' | 'manifest' | 'where' | 'pods' | 'causes'>>;

export interface Verdict {
  readonly state: CheckState;
  readonly evidence: string | null;
  readonly advice: Advice | null;
  readonly missingRight: string | null;
}

export interface CheckRule {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  /** Null: it does not apply to this cluster, such as a check of a plugin that is not used. */
  readonly judge: (view: HealthView) => Verdict | null;
}

export function ok(evidence: string | null = null): Verdict {
  return { state: 'ok', evidence, advice: null, missingRight: null };
}

export function warning(evidence: string, advice: Advice): Verdict {
  return { state: 'warning', evidence, advice, missingRight: null };
}

export function failed(evidence: string, advice: Advice): Verdict {
  return { state: 'failed', evidence, advice, missingRight: null };
}

export function isBad({ state }: Pick<Verdict, 'state'>): boolean {
  return state === 'failed' || state === 'warning';
}

export function unknown({ why, remedy, right }: Omit<Untold, 'state'>): Verdict {
  return { state: 'unknown', evidence: why, advice: { remedy }, missingRight: right };
}

/** Judges what was told; what was not is unknown, and what is not there is the judge's, too. */
export function judged<T>(
  told: Told<T>,
  judge: (value: T) => Verdict | null,
  absent: () => Verdict | null,
): Verdict | null {
  switch (told.state) {
    case 'known':
      return judge(told.value);
    case 'absent':
      return absent();
    case 'untold':
      return unknown(told);
  }
}
