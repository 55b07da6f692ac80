// So much a minute for each who asks, refilled all the time. Knows neither requests nor what is spent.

export interface Budget {
  /** Spends one: 0, or the seconds until there is one again. */
  spend(key: string): number;
}

export interface BudgetOptions {
  readonly perMinute: number;
  readonly nowMs: () => number;
  /** The longest unseen are forgotten first, who then have all of it again. */
  readonly mostKeys?: number;
}

interface Purse {
  left: number;
  atMs: number;
}

const MOST_KEYS = 20_000;

export function createBudget({ perMinute, nowMs, mostKeys = MOST_KEYS }: BudgetOptions): Budget {
  const purses = new Map<string, Purse>();
  const perMs = perMinute / 60_000;
  return {
    spend(key) {
      const now = nowMs();
      const known = purses.get(key);
      const purse: Purse = {
        left: known ? Math.min(perMinute, known.left + Math.max(0, now - known.atMs) * perMs) : perMinute,
        atMs: now,
      };
      purses.delete(key);
      purses.set(key, purse);
      if (purses.size > mostKeys) purses.delete(purses.keys().next().value as string);
      if (purse.left < 1) return Math.ceil((1 - purse.left) / perMs / 1000);
      purse.left--;
      return 0;
    },
  };
}
