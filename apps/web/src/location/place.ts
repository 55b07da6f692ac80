// Everything the address says, and back. Pure: knows no browser; what it does not understand falls back to the default.

import { LINE_CHOICES, type LineChoice } from '@latchwork/graph/overview/drawn';
import { ONLY, type Only } from '@latchwork/graph/scene/only';
import { momentSeconds } from '@latchwork/shared/moment';
import { isNamespaceName } from '@latchwork/shared/namespace-name';
import { PROBLEM_KINDS, type ProblemKind } from '@latchwork/shared/problem-kinds';
import { WINDOW_DEFAULT, windowSeconds } from '@latchwork/shared/window';

export const VIEW_NAMES = ['graph', 'problems', 'workloads', 'live', 'routes'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export const LABELS = ['off', 'hover', 'on'] as const;
export type Labels = (typeof LABELS)[number];

export const SHAPES = ['picture', 'matrix', 'table'] as const;
export type Shape = (typeof SHAPES)[number];

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const GROUPS = ['route', 'source', 'target', 'status'] as const;
export type GroupBy = (typeof GROUPS)[number];

export const PROBLEM_ORDERS = ['weight', 'time', 'place'] as const;
export type ProblemOrder = (typeof PROBLEM_ORDERS)[number];

export const MESHED = ['yes', 'no'] as const;
export type Meshed = (typeof MESHED)[number];

export interface Place {
  view: ViewName;
  /** A cluster of the store; null is the one that the server was started for. */
  cluster: string | null;
  /** The scope; empty is all namespaces. */
  namespaces: readonly string[];
  /** As asked for, such as `1m`; the answer says what was used. */
  window: string;
  /** An evaluation time as the server reads it; null is now. */
  at: string | null;
  noise: 'hide' | 'show';
  theme: Theme;
  /** The node or edge (`edgeId`) whose drawer is open. */
  selected: string | null;
  /** Graph: the card whose neighbourhood is shown alone. */
  focus: string | null;
  /** Graph: the namespaces that were looked at on the way to this one. */
  trail: readonly string[];
  /** Graph: namespaces folded by hand, and those opened by hand where the graph would fold them itself. */
  folded: readonly string[];
  unfolded: readonly string[];
  /** Graph: cards taken out of the picture. */
  hidden: readonly string[];
  only: Only | null;
  labels: Labels;
  /** Graph: which lines the map of a large mesh draws. */
  lines: LineChoice;
  /** Graph: the picture, or the same graph as a matrix or a table. */
  shape: Shape;
  /** Tables: a column's name, `-` before it for the largest first; null is the view's own order. */
  sort: string | null;
  filter: string;
  /** Live: `namespace` or `namespace/kind/name`. */
  target: string | null;
  groupBy: GroupBy;
  /** Live: what the proxies are to leave out, as `parseTapAsk` reads it. */
  ask: string;
  /** Live: the requests one by one. `all`, or the row whose requests they are (`parseTapNarrow`); null: rows only. */
  tap: string | null;
  /** Live: the key of the request that is open. */
  request: string | null;
  /** Workloads: only those whose pods all have a proxy, or only the others. */
  meshed: Meshed | null;
  /** Graph: the list of problems stands beside it. */
  problems: boolean;
  /** The problem that is open, as `problemKey` writes it. */
  problem: string | null;
  /** Problems: one kind alone, and their order. */
  kind: ProblemKind | null;
  order: ProblemOrder;
}

/** As the server takes it. */
const CLUSTER_NAME_MAX = 200;

export const HOME: Place = {
  view: 'graph',
  cluster: null,
  namespaces: [],
  window: WINDOW_DEFAULT,
  at: null,
  noise: 'hide',
  theme: 'auto',
  selected: null,
  focus: null,
  trail: [],
  folded: [],
  unfolded: [],
  hidden: [],
  only: null,
  labels: 'hover',
  lines: 'strong',
  shape: 'picture',
  sort: null,
  filter: '',
  target: null,
  groupBy: 'route',
  ask: '',
  tap: null,
  request: null,
  meshed: null,
  problems: false,
  problem: null,
  kind: null,
  order: 'weight',
};

export function parsePlace(search: string): Place {
  const query = new URLSearchParams(search);
  const window = query.get('window');
  const at = query.get('at');
  return {
    view: oneOf(VIEW_NAMES, query.get('view')) ?? HOME.view,
    cluster: clusterName(query.get('cluster')),
    namespaces: unique(query.getAll('namespace').filter(isNamespaceName)),
    window: window !== null && windowSeconds(window) !== null ? window : HOME.window,
    at: at !== null && momentSeconds(at) !== null ? at : null,
    noise: query.get('noise') === 'show' ? 'show' : 'hide',
    theme: oneOf(THEMES, query.get('theme')) ?? HOME.theme,
    selected: query.get('selected') || null,
    focus: query.get('focus') || null,
    trail: list(query.get('trail')),
    folded: list(query.get('folded')),
    unfolded: list(query.get('unfolded')),
    hidden: list(query.get('hidden')),
    only: oneOf(ONLY, query.get('only')),
    labels: oneOf(LABELS, query.get('labels')) ?? HOME.labels,
    lines: oneOf(LINE_CHOICES, query.get('lines')) ?? HOME.lines,
    shape: oneOf(SHAPES, query.get('shape')) ?? HOME.shape,
    sort: query.get('sort') || null,
    filter: query.get('filter') ?? '',
    target: query.get('target') || null,
    groupBy: oneOf(GROUPS, query.get('group')) ?? HOME.groupBy,
    ask: query.get('ask') ?? '',
    tap: query.get('tap') || null,
    request: query.get('request') || null,
    meshed: oneOf(MESHED, query.get('meshed')),
    problems: query.get('problems') === 'open',
    problem: query.get('problem') || null,
    kind: oneOf(PROBLEM_KINDS, query.get('kind')),
    order: oneOf(PROBLEM_ORDERS, query.get('order')) ?? HOME.order,
  };
}

/** `?…` in a fixed order, without what is default; empty at home. */
export function placeSearch(place: Place): string {
  const pairs: [string, string][] = [];
  const add = (name: string, value: string | null, fallback: string | null = null) => {
    if (value !== null && value !== '' && value !== fallback) pairs.push([name, value]);
  };
  add('view', place.view, HOME.view);
  add('cluster', place.cluster);
  for (const namespace of place.namespaces) add('namespace', namespace);
  add('window', place.window, HOME.window);
  add('at', place.at);
  add('noise', place.noise, HOME.noise);
  add('selected', place.selected);
  add('focus', place.focus);
  add('trail', place.trail.join(','));
  add('folded', place.folded.join(','));
  add('unfolded', place.unfolded.join(','));
  add('hidden', place.hidden.join(','));
  add('only', place.only);
  add('labels', place.labels, HOME.labels);
  add('lines', place.lines, HOME.lines);
  add('shape', place.shape, HOME.shape);
  add('target', place.target);
  add('group', place.groupBy, HOME.groupBy);
  add('ask', place.ask);
  add('tap', place.tap);
  add('request', place.request);
  add('meshed', place.meshed);
  add('problems', place.problems ? 'open' : null);
  add('problem', place.problem);
  add('kind', place.kind);
  add('order', place.order, HOME.order);
  add('sort', place.sort);
  add('filter', place.filter);
  add('theme', place.theme, HOME.theme);
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${escaped(value)}`).join('&')}`;
}

/** Where the rail leads: another view of the same scope, without the sort and filters that belong to the last one. */
export function toView(place: Place, view: ViewName): Place {
  const { ask, tap, request, meshed, problems, problem, kind } = HOME;
  return view === place.view
    ? place
    : { ...place, view, sort: null, filter: '', ask, tap, request, meshed, problems, problem, kind };
}

/** The same view and window of another cluster, without what was chosen by the names of the last one. */
export function toCluster(place: Place, cluster: string | null): Place {
  const { namespaces, selected, focus, trail, folded, unfolded, hidden, target, ask, tap, request, problem } =
    HOME;
  return {
    ...place,
    cluster,
    namespaces,
    selected,
    focus,
    trail,
    folded,
    unfolded,
    hidden,
    target,
    ask,
    tap,
    request,
    problem,
  };
}

function clusterName(text: string | null): string | null {
  return text !== null && text.length <= CLUSTER_NAME_MAX ? text || null : null;
}

/** `encodeURIComponent`, but ids stay readable: these are legal in a query as they are. */
function escaped(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',');
}

function list(text: string | null): string[] {
  return unique((text ?? '').split(',').filter((item) => item !== ''));
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | null {
  return allowed.find((item) => item === text) ?? null;
}
