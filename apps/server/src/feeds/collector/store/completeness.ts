// Whether the store said that its answers may lack something: a part of its own, since any of the numbers may be too small.

import type { Part as PartValue } from '@latchwork/shared/parts';

export class Completeness {
  #standing: PartValue | null = null;

  /** Null while the store has said nothing of the kind. */
  get standing(): PartValue | null {
    return this.#standing;
  }

  /** What it said of the answers of one round. */
  learn(warnings: ReadonlySet<string>, nowMs: number): void {
    const [first] = warnings;
    if (first === undefined) {
      this.#standing = null;
      return;
    }
    const more = warnings.size > 1 ? ` (and ${warnings.size - 1} more)` : '';
    this.#standing = {
      state: 'failed',
      since: this.#standing?.since ?? new Date(nowMs).toISOString(),
      message: `the store says that series may be missing: ${first.slice(0, 200)}${more}`,
    };
  }
}
