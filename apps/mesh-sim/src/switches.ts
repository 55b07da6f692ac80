// What was turned on from outside: failures, slowness, lost locks, silence. State only; `control.ts` is how it changes.

export class Switches {
  /** Workload id → share of its answers that fail. */
  readonly failing = new Map<string, number>();
  /** Workload id → factor on its own time. */
  readonly slow = new Map<string, number>();
  /** Workload ids that neither call nor are called. */
  readonly idle = new Set<string>();
  readonly #unlocked = new Set<string>();

  unlock(sourceId: string, targetId: string): void {
    this.#unlocked.add(`${sourceId} ${targetId}`);
  }

  isUnlocked(sourceId: string, targetId: string): boolean {
    return this.#unlocked.has(`${sourceId} ${targetId}`);
  }

  reset(): void {
    this.failing.clear();
    this.slow.clear();
    this.idle.clear();
    this.#unlocked.clear();
  }

  toJSON() {
    return {
      failing: Object.fromEntries(this.failing),
      slow: Object.fromEntries(this.slow),
      idle: [...this.idle],
      unlocked: [...this.#unlocked].map((pair) => {
        const [source, target] = pair.split(' ');
        return { source, target };
      }),
    };
  }
}
