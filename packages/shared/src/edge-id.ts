// The id of an edge, for links and keys: its two ends joined by a character that no id contains.

export function edgeId(source: string, target: string): string {
  return `${source}~${target}`;
}

/** The two ends, or null when `id` is not an edge's. */
export function edgeEnds(id: string): { source: string; target: string } | null {
  const [source, target, ...rest] = id.split('~');
  return source && target && rest.length === 0 ? { source, target } : null;
}
