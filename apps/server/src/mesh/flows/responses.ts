// Responses added up, and how many of them went well; a store may have dropped the label that says so.

import type { Golden } from '@latchwork/shared/golden';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { toCounts } from '../counts.ts';

export class Responses {
  rps = 0;
  #judged = 0;
  #successes = 0;

  add({ classification }: Labels, value: number): void {
    this.rps += value;
    if (classification) this.#judged += value;
    if (classification === 'success') this.#successes += value;
  }

  /** 0 to 1; null when none of them says. */
  get successRate(): number | null {
    return this.#judged > 0 ? this.#successes / this.#judged : null;
  }

  summary(windowSeconds: number): Pick<Golden, 'rps' | 'successRate' | 'requests' | 'failures'> {
    const failedRps = this.#judged - this.#successes;
    return {
      rps: this.rps,
      successRate: this.successRate,
      ...toCounts(this.rps, this.rps - failedRps, windowSeconds),
    };
  }
}
