// Every route that metrics or Kubernetes know of, each once: the join of the two.

import { serviceId } from '@latchwork/shared/node-id';
import type { Ref, RouteObject, ServiceProfileObject } from '../../sources/kubernetes/watch/objects.ts';
import type { Labels } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { parentOfDestination } from './destination.ts';
import { routeMatches } from './match-words.ts';
import { withNamesApart } from './merged-names.ts';
import { type RouteKey, RouteRow } from './route-row.ts';
import type { Routing } from './routing.ts';
import { toServiceAnswers } from './service-answers.ts';
import { isSuccess, type Tally } from './tally.ts';

export const DEFAULT_OF_PROFILE = '[DEFAULT]';

export function toRouteRows(answers: MeshAnswers, routing: Routing | null): RouteRow[] {
  const rows = new Map<string, RouteRow>();
  function rowOf(key: RouteKey): RouteRow {
    const text = JSON.stringify([key.parent, key.group, key.kind, key.namespace, key.name]);
    let row = rows.get(text);
    if (!row) {
      row = new RouteRow(key);
      rows.set(text, row);
    }
    return row;
  }
  addMetrics(answers, rowOf);
  addProfileMetrics(answers, rowOf);
  if (routing) addObjects(routing, rowOf);
  const byAnswers = [...rows.values()].filter((row) => row.byAnswers);
  if (byAnswers.length > 0) {
    const answered = toServiceAnswers(answers.routeBackends ?? []);
    for (const row of byAnswers) addAnswers(row, answered);
  }
  return withNamesApart([...rows.values()], answers.routeBackends);
}

type RowOf = (key: RouteKey) => RouteRow;

function addMetrics(answers: MeshAnswers, rowOf: RowOf): void {
  for (const { labels, value } of answers.routeRequests ?? []) {
    const key = keyOf(labels);
    if (!key) continue;
    const row = rowOf(key);
    row.isTcp ||= labels['protocol'] === 'tcp' || labels['protocol'] === 'tls';
    row.isKnownToCallers = true;
    if (key.name.endsWith('-egress-deny')) row.refusedRps += plausible(value);
    else row.tally.add(value, isSuccess(labels), labels['error']);
  }
  for (const { labels, value } of answers.routeBackends ?? []) {
    const [key, target] = [keyOf(labels), backendOf(labels)];
    if (!key || target === null) continue;
    const row = rowOf(key);
    row.backend(target).tally.add(value, isSuccess(labels), labels['error']);
    row.tried.add(value, isSuccess(labels));
  }
  for (const { labels, value } of answers.routeLatency ?? []) {
    const key = keyOf(labels);
    if (!key) continue;
    const row = rowOf(key);
    const target = backendOf(labels);
    if (labels['of'] === 'route') {
      row.tally.addSeconds(labels['le'], value);
      addBound(row, Number(labels['le']) * 1000);
    } else if (target !== null) row.backend(target).tally.addSeconds(labels['le'], value);
  }
  for (const { labels, value } of answers.routeRetries ?? []) {
    const key = keyOf(labels);
    if (!key) continue;
    const { retries } = rowOf(key);
    retries.isKnown = true;
    if (labels['of'] === 'successes') retries.succeededPerSecond += plausible(value);
    else retries.perSecond += plausible(value);
  }
}

/** A ServiceProfile's routes know the Service by its whole name. */
function addProfileMetrics(answers: MeshAnswers, rowOf: RowOf): void {
  const tallyOf = ({ of, dst = '', rt_route: route }: Labels): [RouteRow, Tally] | null => {
    const parent = parentOfDestination(dst);
    if (parent === null) return null;
    const row = rowOf(profileKey(parent, route || DEFAULT_OF_PROFILE));
    return [row, of === 'tried' ? row.tried : row.tally];
  };
  for (const { labels, value } of answers.profileResponses ?? [])
    tallyOf(labels)?.[1].add(value, labels['classification'] === 'success');
  for (const { labels, value } of answers.profileLatency ?? []) {
    const [row, tally] = tallyOf(labels) ?? [];
    tally?.addMs(labels['le'], value);
    if (row) addBound(row, Number(labels['le']));
  }
}

function addObjects(routing: Routing, rowOf: RowOf): void {
  const { routes, profiles, splits, services } = routing;
  for (const { kind, group, object } of routes)
    for (const parent of object.parents) {
      const namespace = parent.namespace ?? object.meta.namespace;
      const { meta, rules } = object;
      const row = rowOf({
        parent: `${namespace}/${parent.kind.toLowerCase()}/${parent.name}`,
        ...{ kind, group, namespace: meta.namespace, name: meta.name },
      });
      row.rules = rules.length;
      row.isTcp ||= kind === 'TCPRoute' || kind === 'TLSRoute';
      row.matches = routeMatches(kind, object);
      row.createdAt = meta.createdAt;
      row.refusal = refusalBy(object, parent);
      row.weightsSince = object.specAt;
      addWeights(row, object, services);
    }
  for (const { meta, routes: ofProfile, overrides, specAt } of profiles) {
    const parent = parentOfDestination(meta.name);
    if (parent === null) continue;
    const isOwn = parent.startsWith(`${meta.namespace}/`);
    if (overrides.length > 0) {
      // For some callers alone, it says nothing of the others.
      const row = rowOf({ ...profileKey(parent, DEFAULT_OF_PROFILE), namespace: meta.namespace });
      row.weightsSince = specAt;
      addWeighted(row, toOverrides(overrides), routing);
    }
    for (const { name, condition } of ofProfile) {
      const row = rowOf(profileKey(parent, name));
      // Metrics do not tell whose profile a route is of: the Service's own says what it matches.
      if (!isOwn && row.matches !== null) continue;
      row.consumer = isOwn ? null : meta.namespace;
      row.rules = 1;
      row.matches = [condition];
    }
  }
  for (const { meta, service, backends, matches, specAt } of splits) {
    const { namespace, name } = meta;
    const parent = serviceId(namespace, service);
    const row = rowOf({ parent, kind: 'TrafficSplit', group: 'split.smi-spec.io', namespace, name });
    row.rules = 1;
    row.matches = matches.length > 0 ? matches.map((group) => `as HTTPRouteGroup ${group}`) : ['everything'];
    row.weightsSince = specAt;
    const weighted = backends.map((one) => ({
      target: serviceId(namespace, one.service),
      weight: one.weight,
    }));
    addWeighted(row, weighted, routing);
  }
}

function addAnswers(row: RouteRow, answered: ReadonlyMap<string, Tally>): void {
  for (const [target, backend] of row.backends) backend.tally = answered.get(target) ?? backend.tally;
}

function refusalBy({ refusals, meta }: RouteObject, parent: Ref): string | null {
  const placeOf = ({ namespace, kind, name }: Ref) => `${namespace ?? meta.namespace}/${kind}/${name}`;
  return refusals.find((one) => placeOf(one.parent) === placeOf(parent))?.why ?? null;
}

/** Weights say something of a rule; with several, metrics do not tell which of them a request took. */
function addWeights(row: RouteRow, { rules, meta }: RouteObject, services: ReadonlySet<string> | null): void {
  for (const { backends } of rules) {
    const all = backends.reduce((sum, { weight }) => sum + weight, 0);
    row.isAllZero ||= all === 0 && backends.length > 0;
    for (const { kind, name, namespace, weight } of backends) {
      const target =
        kind === 'Service'
          ? serviceId(namespace ?? meta.namespace, name)
          : `${namespace ?? meta.namespace}/${kind.toLowerCase()}/${name}`;
      const backend = row.backend(target);
      if (rules.length === 1 && all > 0) backend.weight = weight / all;
      if (kind === 'Service' && services?.has(target) === false) row.missingBackends.add(target);
    }
  }
}

/** A ServiceProfile splits all requests of its Service, whichever route they take. */
function toOverrides(overrides: ServiceProfileObject['overrides']): Weighted[] {
  return overrides.flatMap(({ authority, weight }) => {
    const target = parentOfDestination(authority);
    return target === null ? [] : [{ target, weight }];
  });
}

interface Weighted {
  /** Id of a Service. */
  readonly target: string;
  readonly weight: number;
}

/** Callers do not count these backends: what their endpoints answered is all that tells their shares. */
function addWeighted(row: RouteRow, weighted: readonly Weighted[], { services }: Routing): void {
  const all = weighted.reduce((sum, { weight }) => sum + weight, 0);
  if (all === 0) return;
  for (const { target, weight } of weighted) {
    row.backend(target).weight = weight / all;
    row.byAnswers = true;
    if (services?.has(target) === false) row.missingBackends.add(target);
  }
}

/** Null for what is no place: a forwarded address, an unknown destination. */
function keyOf(labels: Labels): RouteKey | null {
  const { parent_kind: parentKind, parent_namespace: parentNamespace, parent_name: parentName } = labels;
  const { route_kind: kind = '', route_group: group = '', route_name: name = '' } = labels;
  if (!parentName || !parentNamespace || (parentKind !== 'Service' && parentKind !== 'EgressNetwork'))
    return null;
  const parent = `${parentNamespace}/${parentKind.toLowerCase()}/${parentName}`;
  const isDefault = kind === 'default';
  return { parent, kind, group, name, namespace: isDefault ? '' : (labels['route_namespace'] ?? '') };
}

/** Id of a Service, or what stands for one; null where the proxy names none. */
export function backendOf({
  backend_kind: kind,
  backend_namespace: namespace,
  backend_name: name,
}: Labels): string | null {
  if (!kind || !name) return null;
  return kind === 'default' ? `default/${name}` : `${namespace}/${kind.toLowerCase()}/${name}`;
}

function profileKey(parent: string, name: string): RouteKey {
  const namespace = parent.slice(0, parent.indexOf('/'));
  return { parent, kind: 'ServiceProfile', group: 'linkerd.io', namespace, name };
}

function addBound(row: RouteRow, boundMs: number): void {
  if (Number.isFinite(boundMs)) row.boundsMs.add(boundMs);
}

function plausible(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
