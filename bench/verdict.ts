// One measured budget.

export interface Verdict {
  what: string;
  value: number;
  /** In words, such as "at most 1.1". */
  budget: string;
  kept: boolean;
}
