// Which boxes are folded: by themselves or by hand, without what was opened by hand.

export interface Folds {
  folded: readonly string[];
  unfolded: readonly string[];
}

export function foldedNow({ folded, unfolded }: Folds, byItself: ReadonlySet<string>): Set<string> {
  const all = new Set([...byItself, ...folded]);
  for (const box of unfolded) all.delete(box);
  return all;
}
