// Requests that were seen → routes: paths of one shape are one, with their ids folded. Pure.

import type { TopRow } from '@latchwork/shared/tap/top';

/** A part of a path: as it is, or anything, with some of what stood there. `place` is what unfolds it. */
export type Part = { readonly text: string } | { readonly folded: readonly string[]; readonly place: string };

export interface SeenRoute {
  readonly method: string;
  readonly parts: readonly Part[];
  /** Requests seen, those that ended, and how many of them went well. */
  readonly count: number;
  readonly ended: number;
  readonly successes: number;
  readonly worstMs: number | null;
  readonly isGrpc: boolean;
}

export interface Folding {
  /** Places that are left as they are: the reader's own choice. */
  readonly unfolded: ReadonlySet<string>;
}

const NUMBER = /^\d+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Hexadecimal, or letters and digits mixed, and long. */
const TOKEN = /^(?=.*\d)[A-Za-z0-9_-]{12,}$|^[0-9a-f]{8,}$/i;
/** So many different words in one place are ids, whatever they look like. */
const MANY = 6;
const EXAMPLES = 3;
const MOST_ROUTES = 40;

export function seenRoutes(
  rows: readonly TopRow[],
  { unfolded }: Folding = { unfolded: new Set() },
): SeenRoute[] {
  const routes = new Map<string, SeenRoute>();
  const spots = spotsOf(rows);
  rows.forEach((row, index) => {
    const words = (spots[index] ?? []).map((spot) => ({
      ...spot,
      isFolded: spot.isId && !unfolded.has(spot.place),
    }));
    const key = `${row.method} /${words.map(({ isFolded, segment }) => (isFolded ? '*' : segment)).join('/')}`;
    const old = routes.get(key);
    routes.set(key, {
      method: row.method,
      parts: words.map(({ isFolded, segment, place }, i): Part => {
        if (!isFolded) return { text: segment };
        const part = old?.parts[i];
        const known = part && 'folded' in part ? part.folded : [];
        return { folded: [...new Set([...known, segment])].slice(0, EXAMPLES), place };
      }),
      count: (old?.count ?? 0) + row.count,
      ended: (old?.ended ?? 0) + row.ended,
      successes: (old?.successes ?? 0) + row.successes,
      worstMs: slower(old?.worstMs ?? null, row.worstMs),
      isGrpc: isGrpcCall(row),
    });
  });
  return [...routes.values()]
    .sort((a, b) => b.count - a.count || (templateText(a) < templateText(b) ? -1 : 1))
    .slice(0, MOST_ROUTES);
}

/** `/orders/{id}`; of several ids `{id}`, `{id2}`. */
export function templateText({ parts }: Pick<SeenRoute, 'parts'>): string {
  let ids = 0;
  const words = parts.map((part) => {
    if ('text' in part) return part.text;
    ids += 1;
    return ids === 1 ? '{id}' : `{id${ids}}`;
  });
  return `/${words.join('/')}`;
}

/** Whether anything of it is folded. */
export function isTemplate({ parts }: Pick<SeenRoute, 'parts'>): boolean {
  return parts.some((part) => 'folded' in part);
}

/** Matches the whole path, and nothing else of its shape. */
export function pathRegex({ parts }: Pick<SeenRoute, 'parts'>): string {
  return `/${parts.map((part) => ('text' in part ? escaped(part.text) : '[^/]+')).join('/')}`;
}

interface Spot {
  readonly segment: string;
  /** What is before it tells places apart, whatever ids are there. */
  readonly place: string;
  readonly isId: boolean;
}

/** Of each row, part by part from the front: whether one is an id is known before what stands behind it is placed. */
function spotsOf(rows: readonly TopRow[]): readonly (readonly Spot[])[] {
  const paths = rows.map((row) => ({
    segments: segmentsOf(row.path),
    isGrpc: isGrpcCall(row),
    before: `${row.method} `,
    spots: [] as Spot[],
  }));
  const deepest = paths.reduce((most, { segments }) => Math.max(most, segments.length), 0);
  for (let i = 0; i < deepest; i += 1) {
    const values = new Map<string, Set<string>>();
    for (const { segments, before } of paths) {
      const segment = segments[i];
      if (segment === undefined) continue;
      const known = values.get(before) ?? new Set<string>();
      known.add(segment);
      values.set(before, known);
    }
    for (const path of paths) {
      const segment = path.segments[i];
      if (segment === undefined) continue;
      // The first part of a path names what it is about.
      const isOneOfMany = i > 0 && (values.get(path.before)?.size ?? 0) >= MANY;
      const isId = !path.isGrpc && (looksLikeId(segment) || isOneOfMany);
      path.spots.push({ segment, place: `${path.before}#${i}`, isId });
      path.before += `/${isId ? '*' : segment}`;
    }
  }
  return paths.map(({ spots }) => spots);
}

function slower(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function segmentsOf(path: string): string[] {
  return (path.split(/[?#]/)[0] ?? '').split('/').slice(1);
}

function looksLikeId(segment: string): boolean {
  return NUMBER.test(segment) || UUID.test(segment) || TOKEN.test(segment);
}

/** `/package.Service/Method`, by POST. */
function isGrpcCall({ method, path, statuses }: TopRow): boolean {
  const isNamed = /^\/[A-Za-z_][\w.]*\.[A-Z]\w*\/[A-Z]\w*$/.test(path);
  return method === 'POST' && isNamed && Object.keys(statuses).some((status) => status.startsWith('gRPC'));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
