// Linkerd's own resources as the API server sends them → the part of them that is used.

import { countOr, labelsOf, listOf, portOf, type Raw, rawOf, textOr, textsOf } from '../api/raw.ts';
import { keepMeta, keepRef, keepSpecAt } from './keep-meta.ts';
import type {
  AuthorizationObject,
  ExternalWorkloadObject,
  RouteMatch,
  RouteObject,
  RouteRule,
  ServerObject,
  ServiceProfileObject,
  TrafficSplitObject,
} from './objects.ts';

const POLICY = 'policy.linkerd.io';
const PARENT = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };

export function keepServer(object: Raw): ServerObject {
  const spec = rawOf(object['spec']);
  const selector = spec['podSelector'] === undefined ? null : rawOf(spec['podSelector']);
  return {
    meta: keepMeta(object),
    selector:
      selector === null
        ? null
        : {
            labels: labelsOf(selector['matchLabels']),
            expressions: listOf(selector['matchExpressions'])
              .map(rawOf)
              .map((one) => ({
                key: textOr(one['key'], ''),
                operator: textOr(one['operator'], ''),
                values: textsOf(one['values']),
              })),
          },
    port: portOf(spec['port']),
    protocol: textOr(spec['proxyProtocol'], 'unknown'),
    accessPolicy: textOr(spec['accessPolicy'], null),
  };
}

export function keepRoute(object: Raw): RouteObject {
  const spec = rawOf(object['spec']);
  return {
    meta: keepMeta(object),
    specAt: keepSpecAt(object),
    parents: listOf(spec['parentRefs']).map((ref) => keepRef(ref, PARENT)),
    hostnames: textsOf(spec['hostnames']),
    rules: listOf(spec['rules']).map(rawOf).map(keepRule),
    refusals: keepRefusals(object['status']),
  };
}

/** Each controller that reads routes says what it makes of them: Linkerd's is asked. */
function keepRefusals(status: unknown): RouteObject['refusals'] {
  return listOf(rawOf(status)['parents'])
    .map(rawOf)
    .filter(({ controllerName }) => textOr(controllerName, '').startsWith('linkerd.io/'))
    .flatMap(({ parentRef, conditions }) => {
      const accepted = listOf(conditions)
        .map(rawOf)
        .find(({ type }) => type === 'Accepted');
      if (accepted?.['status'] !== 'False') return [];
      const why = [accepted['reason'], accepted['message']].map((text) => textOr(text, '')).filter(Boolean);
      return [{ parent: keepRef(parentRef, PARENT), why: why.join(': ') }];
    });
}

function keepRule(rule: Raw): RouteRule {
  return {
    matches: listOf(rule['matches']).map(rawOf).map(keepMatch),
    backends: listOf(rule['backendRefs'])
      .map(rawOf)
      .map((ref) => ({
        ...keepRef(ref, { group: '', kind: 'Service' }),
        port: countOr(ref['port'], null),
        weight: countOr(ref['weight'], 1),
      })),
  };
}

function keepMatch(match: Raw): RouteMatch {
  const path = match['path'] === undefined ? null : rawOf(match['path']);
  // A method of HTTP is a word, one of gRPC an object.
  const call = typeof match['method'] === 'object' ? rawOf(match['method']) : {};
  return {
    method: textOr(match['method'], null),
    path:
      path === null ? null : { type: textOr(path['type'], 'PathPrefix'), value: textOr(path['value'], '/') },
    service: textOr(call['service'], null),
    rpc: textOr(call['method'], null),
    headers: namedValues(match['headers']),
    queryParams: namedValues(match['queryParams']),
  };
}

function namedValues(list: unknown): RouteMatch['headers'][number][] {
  return listOf(list)
    .map(rawOf)
    .map((one) => ({
      name: textOr(one['name'], ''),
      value: textOr(one['value'], ''),
      isPattern: one['type'] === 'RegularExpression',
    }));
}

export function keepServiceProfile(object: Raw): ServiceProfileObject {
  const spec = rawOf(object['spec']);
  return {
    meta: keepMeta(object),
    specAt: keepSpecAt(object),
    routes: listOf(spec['routes'])
      .map(rawOf)
      .map((route) => ({
        name: textOr(route['name'], ''),
        condition: conditionWords(rawOf(route['condition'])),
        isRetryable: route['isRetryable'] === true,
      })),
    overrides: listOf(spec['dstOverrides'])
      .map(rawOf)
      .map((one) => ({
        authority: textOr(one['authority'], ''),
        weight: quantity(String(one['weight'] ?? '0')),
      })),
  };
}

/** In its first version weights are quantities, then whole numbers. */
export function keepTrafficSplit(object: Raw): TrafficSplitObject {
  const spec = rawOf(object['spec']);
  // Some write the whole name.
  const nameOf = (value: unknown) => textOr(value, '').split('.')[0] ?? '';
  return {
    meta: keepMeta(object),
    specAt: keepSpecAt(object),
    service: nameOf(spec['service']),
    backends: listOf(spec['backends'])
      .map(rawOf)
      .map((one) => ({ service: nameOf(one['service']), weight: quantity(String(one['weight'] ?? '0')) })),
    matches: listOf(spec['matches']).map((one) => textOr(rawOf(one)['name'], '')),
  };
}

/** Of Kubernetes: `1`, or `500m` for a half. */
function quantity(text: string): number {
  const value = Number(text.replace(/m$/, ''));
  return Number.isFinite(value) && value > 0 ? (text.endsWith('m') ? value / 1000 : value) : 0;
}

/** Conditions nest without an end: what is below the third level is not told. */
function conditionWords(condition: Raw, depth = 0): string {
  const words: string[] = [];
  const method = textOr(condition['method'], null);
  const path = textOr(condition['pathRegex'], null);
  if (method !== null) words.push(method);
  if (path !== null) words.push(`path is like ${path}`);
  if (depth < 3) {
    const of = (list: unknown) =>
      listOf(list)
        .slice(0, 10)
        .map((one) => conditionWords(rawOf(one), depth + 1));
    const [all, any] = [of(condition['all']), of(condition['any'])];
    if (all.length > 0) words.push(all.join(' and '));
    if (any.length > 0) words.push(any.join(' or '));
    if (condition['not'] !== undefined)
      words.push(`not ${conditionWords(rawOf(condition['not']), depth + 1)}`);
  }
  return words.join(', ') || 'everything';
}

export function keepAuthorization(object: Raw): AuthorizationObject {
  const spec = rawOf(object['spec']);
  return {
    meta: keepMeta(object),
    target: keepRef(spec['targetRef'], { group: POLICY, kind: 'Server' }),
    required: listOf(spec['requiredAuthenticationRefs']).map((ref) => keepRef(ref, { group: '', kind: '' })),
  };
}

export function keepExternalWorkload(object: Raw): ExternalWorkloadObject {
  const spec = rawOf(object['spec']);
  const tls = rawOf(spec['meshTLS'] ?? spec['meshTls']);
  return {
    meta: keepMeta(object),
    identity: textOr(tls['identity'], null),
    ips: listOf(spec['workloadIPs']).flatMap((one) => textOr(rawOf(one)['ip'], null) ?? []),
  };
}
