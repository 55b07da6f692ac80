// Requests that were seen → routes: paths of one shape are one, with their ids folded. Pure.

import type { TopRow } from '@latchwork/shared/top';

/** A part of a path: as it is, or anything, with some of what stood there. */
export type Part = { readonly text: string } | { readonly folded: readonly string[] };

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
  /** Positions that are left as they are, by `METHOD path` of the template: the reader's own choice. */
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
  const many = manyValued(rows);
  const routes = new Map<string, { route: SeenRoute; parts: Set<string>[] }>();
  for (const row of rows) {
    const segments = segmentsOf(row.path);
    const isGrpc = isGrpcCall(row);
    const isFolded = segments.map(
      (segment, i) =>
        !isGrpc &&
        (isId(segment) || many.has(place(row.method, segments, i))) &&
        !unfolded.has(place(row.method, segments, i)),
    );
    const key = `${row.method} /${segments.map((segment, i) => (isFolded[i] ? '*' : segment)).join('/')}`;
    const known = routes.get(key);
    const folds = known?.parts ?? segments.map(() => new Set<string>());
    segments.forEach((segment, i) => {
      if (isFolded[i] && (folds[i]?.size ?? 0) < EXAMPLES) folds[i]?.add(segment);
    });
    const parts = segments.map(
      (segment, i): Part => (isFolded[i] ? { folded: [...(folds[i] ?? [])] } : { text: segment }),
    );
    const old = known?.route;
    routes.set(key, {
      parts: folds,
      route: {
        method: row.method,
        parts,
        count: (old?.count ?? 0) + row.count,
        ended: (old?.ended ?? 0) + row.ended,
        successes: (old?.successes ?? 0) + row.successes,
        worstMs: Math.max(old?.worstMs ?? 0, row.worstMs ?? 0) || null,
        isGrpc,
      },
    });
  }
  return [...routes.values()]
    .map(({ route }) => route)
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

/** Where a part stands: what is before it tells places apart. */
export function place(method: string, segments: readonly string[], index: number): string {
  const before = segments.slice(0, index).map((segment) => (isId(segment) ? '*' : segment));
  return `${method} /${before.join('/')}#${index}`;
}

function manyValued(rows: readonly TopRow[]): ReadonlySet<string> {
  const values = new Map<string, Set<string>>();
  for (const { method, path } of rows) {
    const segments = segmentsOf(path);
    segments.forEach((segment, i) => {
      // The first part of a path names what it is about.
      if (i === 0) return;
      const key = place(method, segments, i);
      const known = values.get(key) ?? new Set<string>();
      known.add(segment);
      values.set(key, known);
    });
  }
  return new Set([...values].flatMap(([key, known]) => (known.size >= MANY ? [key] : [])));
}

function segmentsOf(path: string): string[] {
  return (path.split(/[?#]/)[0] ?? '').split('/').slice(1);
}

function isId(segment: string): boolean {
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
