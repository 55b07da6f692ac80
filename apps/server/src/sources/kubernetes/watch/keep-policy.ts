// Linkerd's own resources as the API server sends them → the part of them that is used.

import { labelsOf, listOf, portOf, type Raw, rawOf, textOr, textsOf } from '../api/raw.ts';
import { keepMeta, keepRef } from './keep-meta.ts';
import type {
  AuthorizationObject,
  ExternalWorkloadObject,
  RouteMatch,
  RouteObject,
  ServerObject,
} from './objects.ts';

const POLICY = 'policy.linkerd.io';

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
    parents: listOf(spec['parentRefs']).map((ref) =>
      keepRef(ref, { group: 'gateway.networking.k8s.io', kind: 'Gateway' }),
    ),
    rules: listOf(spec['rules']).map((rule) => listOf(rawOf(rule)['matches']).map(rawOf).map(keepMatch)),
  };
}

function keepMatch(match: Raw): RouteMatch {
  const path = match['path'] === undefined ? null : rawOf(match['path']);
  return {
    method: textOr(match['method'], null),
    path:
      path === null ? null : { type: textOr(path['type'], 'PathPrefix'), value: textOr(path['value'], '/') },
    more: listOf(match['headers']).length > 0 || listOf(match['queryParams']).length > 0,
  };
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
