// Versions of Linkerd as people give them: edge, stable, of a vendor; and which of two is the older.

export interface VersionParts {
  /** `edge`, `stable`, `enterprise`, or the words before the numbers; empty for a bare `2.14.1`. */
  readonly channel: string;
  readonly numbers: readonly number[];
}

/** Null where there are no numbers to compare, such as `dev-0a1b2c3`. */
export function versionParts(version: string): VersionParts | null {
  const found = /^(?:([a-z][a-z-]*?)-)?v?(\d+(?:\.\d+)+)(?:[-+.].*)?$/i.exec(version.trim());
  if (!found) return null;
  return { channel: (found[1] ?? '').toLowerCase(), numbers: (found[2] ?? '').split('.').map(Number) };
}

/** Negative: the first is older. Null where they cannot be compared. */
export function compareVersions(a: string, b: string): number | null {
  const [first, second] = [versionParts(a), versionParts(b)];
  if (!first || !second || first.channel !== second.channel) return null;
  for (let i = 0; i < Math.max(first.numbers.length, second.numbers.length); i++) {
    const difference = (first.numbers[i] ?? 0) - (second.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export interface Release {
  readonly stable: readonly [major: number, minor: number];
  /** The edge that was the first to have it, or one a little later. */
  readonly edge: readonly [year: number, month: number];
}

/** Whether a version is of a release or newer. Null where that cannot be told. */
export function isSince(version: string | null, { stable, edge }: Release): boolean | null {
  const parts = versionParts(version ?? '');
  if (parts === null) return null;
  const [first = 0, second = 0] = parts.numbers;
  const [since, then] = parts.channel === 'edge' ? edge : stable;
  return first > since || (first === since && second >= then);
}

export function channelOf(version: string | null): string | null {
  if (version === null) return null;
  return versionParts(version)?.channel || (/^[a-z]+/i.exec(version)?.[0] ?? 'stable');
}
