// What a refresh carries instead of a whole value: what is new, changed and gone, by id. Written and read in one place,
// so that a value and its changes can never come to mean different things.

import { edgeId } from '../edge-id.ts';
import type { History } from '../history.ts';
import type { TopicName } from './live.ts';
import { changedSeries, type SeriesChange, seriesChange } from './series-change.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Of a list. `new`: items that came, or were made anew, and `at` their places in the list that results. `changed`: the
 * item's id with the fields that differ, objects in it likewise, in the order of the list. `gone`: keys of items. What
 * stays keeps its order.
 */
export interface ListChange {
  new?: Item[];
  at?: number[];
  changed?: Item[];
  gone?: string[];
}

/** Fields of the value that differ: lists and series as their change, anything else whole. */
export type Change = Record<string, unknown>;

const ID = ({ id }: Item) => String(id);
const KEY = ({ key }: Item) => String(key);
const NAME = ({ name }: Item) => String(name);
const ENDS = ({ source, target }: Item) => edgeId(String(source), String(target));

/** The fields that make up a key: they are in every change of an item. */
const KEY_FIELDS = new Map([
  [ID, ['id']],
  [KEY, ['key']],
  [NAME, ['name']],
  [ENDS, ['source', 'target']],
]);

type KeyOf = typeof ID;

/** Lists whose items have a key; every other field is replaced whole. */
const LISTS: { readonly [N in TopicName]?: Readonly<Record<string, KeyOf>> } = {
  graph: { nodes: ID, edges: ENDS },
  workloads: { workloads: ID },
  workload: { callers: ENDS, callees: ENDS, nodes: ID },
  routes: { routes: ID },
  podPairs: { edges: ENDS },
  inventory: { namespaces: NAME, workloads: ID },
  checks: { checks: ID },
  top: { rows: KEY },
  tap: { requests: KEY },
};

/** From one value of a topic to the next; null where only the whole value tells. */
export function changeOf<V extends object>(topic: TopicName, before: V, after: V): Change | null {
  if (hasLost(before as Item, after as Item)) return null;
  const change: Change = {};
  for (const [field, now] of Object.entries(after)) {
    const old = (before as Item)[field];
    if (isSame(old, now)) continue;
    const keyOf = LISTS[topic]?.[field];
    if (topic === 'history' && field === 'workloads') {
      const series = seriesChange(before as unknown as History, after as unknown as History);
      if (series === null) return null;
      change[field] = series;
    } else if (keyOf && Array.isArray(old) && Array.isArray(now)) {
      const list = listChange(keyOf, old, now);
      if (list === null) return null;
      change[field] = list;
    } else change[field] = now;
  }
  return change;
}

/** The next value; what a change does not name is the very same object as before. */
export function applyChange<V extends object>(topic: TopicName, before: V, change: Change): V {
  const after = { ...before } as Record<string, unknown>;
  for (const [field, now] of Object.entries(change)) {
    const keyOf = LISTS[topic]?.[field];
    const old = after[field];
    if (topic === 'history' && field === 'workloads')
      after[field] = changedSeries(old as History['workloads'], now as SeriesChange);
    else after[field] = keyOf && Array.isArray(old) ? changedList(keyOf, old, now as ListChange) : now;
  }
  return after as V;
}

function listChange(keyOf: KeyOf, before: readonly Item[], after: readonly Item[]): ListChange | null {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const keys = new Set<string>();
  const change: ListChange = {};
  const kept: string[] = [];
  for (const [index, item] of after.entries()) {
    const key = keyOf(item);
    keys.add(key);
    const known = old.get(key);
    const patch = known && patchOf(known, item);
    if (known && patch !== null) {
      kept.push(key);
      if (patch === undefined) continue;
      const fields = KEY_FIELDS.get(keyOf) as string[];
      change.changed ??= [];
      change.changed.push({ ...Object.fromEntries(fields.map((field) => [field, item[field]])), ...patch });
    } else {
      change.new ??= [];
      change.at ??= [];
      change.new.push(item);
      change.at.push(index);
    }
  }
  // Two of one key cannot be told apart.
  if (keys.size < after.length) return null;
  const staying = new Set(kept);
  const remaining = before.map(keyOf).filter((key) => staying.has(key));
  if (remaining.some((key, index) => key !== kept[index])) return null;
  const gone = before.map(keyOf).filter((key) => !keys.has(key));
  if (gone.length > 0) change.gone = gone;
  return change;
}

function changedList(keyOf: KeyOf, before: readonly Item[], change: ListChange): Item[] {
  const { new: made = [], at = [], changed = [], gone = [] } = change;
  const leaving = new Set([...gone, ...made.map(keyOf)]);
  const staying = leaving.size === 0 ? before : before.filter((item) => !leaving.has(keyOf(item)));
  const places = new Map(at.map((place, index) => [place, made[index] as Item]));
  const fields = KEY_FIELDS.get(keyOf) as string[];
  const after: Item[] = [];
  let next = 0;
  // What has changed comes in the order of the list: thousands of keys need not be written for it to be found.
  let nextChanged = 0;
  while (after.length < staying.length + made.length) {
    const come = places.get(after.length);
    if (come) {
      after.push(come);
      continue;
    }
    const item = staying[next++];
    if (item === undefined) throw notOfThisList();
    const patch = changed[nextChanged];
    if (patch && fields.every((field) => patch[field] === item[field])) {
      after.push(patched(item, patch));
      nextChanged++;
    } else after.push(item);
  }
  if (nextChanged < changed.length) throw notOfThisList();
  return after;
}

function notOfThisList(): Error {
  return new Error('the change is not of this list');
}

/** The fields that differ; undefined when none does, null where a field has vanished. */
function patchOf(before: Item, after: Item): Item | undefined | null {
  if (hasLost(before, after)) return null;
  let patch: Record<string, unknown> | undefined;
  for (const field in after) {
    const old = before[field];
    const now = after[field];
    if (old === now) continue;
    let part = now;
    if (isObject(old) && isObject(now)) {
      const inner = patchOf(old, now);
      if (inner === undefined) continue;
      if (inner === null) return null;
      part = inner;
    } else if (isSame(old, now)) continue;
    patch ??= {};
    patch[field] = part;
  }
  return patch;
}

function patched(before: Item, patch: Item): Item {
  const after: Record<string, unknown> = { ...before };
  for (const field in patch) {
    const now = patch[field];
    const old = before[field];
    after[field] = isObject(old) && isObject(now) ? patched(old, now) : now;
  }
  return after;
}

/** What is undefined does not cross the wire: it is as good as absent. */
function hasLost(before: Item, after: Item): boolean {
  for (const field in before) if (before[field] !== undefined && after[field] === undefined) return true;
  return false;
}

function isObject(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values as JSON has them. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one as Item, other as Item];
  const fields = Object.keys(left);
  if (fields.length !== Object.keys(right).length) return false;
  return fields.every((field) => field in right && isSame(left[field], right[field]));
}
