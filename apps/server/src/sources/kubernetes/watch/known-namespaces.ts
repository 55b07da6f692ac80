// The namespaces that may be asked one by one where the whole cluster is refused: those that somebody named, and those that
// the metrics know. Bounded, because each of them costs a request for each kind, again and again.

export interface KnownNamespaces {
  readonly named: readonly string[];
  /** True when there are more of them to ask now. */
  learn(names: readonly string[]): boolean;
  all(): readonly string[];
  /** Those that were named, and those of all that are in `seen`. */
  likely(seen: readonly string[]): readonly string[];
  /** How many were left out. */
  unasked(): number;
}

const MOST_NAMED = 100;
const MOST_LEARNED = 30;
const MOST_REMEMBERED = 1_000;

export function createKnownNamespaces(given: readonly string[]): KnownNamespaces {
  const named = [...new Set(given)].slice(0, MOST_NAMED);
  let learned: readonly string[] = [];

  const all = (): readonly string[] => [...named, ...learned.slice(0, MOST_LEARNED)];
  return {
    named,
    learn(names) {
      const before = all().length;
      const known = new Set([...named, ...learned]);
      const added = [...new Set(names)].filter((name) => !known.has(name)).sort();
      // What was learned once stays: a namespace without traffic is still there.
      learned = [...learned, ...added].slice(0, MOST_REMEMBERED);
      return all().length > before;
    },
    all,
    likely: (seen) => all().filter((name) => named.includes(name) || seen.includes(name)),
    unasked: () => Math.max(0, learned.length - MOST_LEARNED),
  };
}
