// Seen routes → a ServiceProfile, an HTTPRoute or a GRPCRoute to copy. Text only, and never applied. Pure.
// https://linkerd.io/docs/reference/service-profiles/ https://linkerd.io/docs/reference/httproute/

import { duration } from './latency.ts';
import { isTemplate, pathRegex, type SeenRoute, templateText } from './path-templates.ts';

export const DRAFT_KINDS = ['ServiceProfile', 'HTTPRoute', 'GRPCRoute'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

export interface DraftParent {
  readonly namespace: string;
  readonly name: string;
  readonly clusterDomain?: string;
}

export interface Proposal {
  /** Null: none is proposed. */
  readonly timeoutMs: number | null;
  readonly isRetryable: boolean;
  /** Why, in words. */
  readonly reason: string;
}

/** Asking twice does what asking once does. https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Fewer say little about the slowest. */
const FEWEST = 10;
const NICE_MS = [100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 15_000, 30_000, 60_000];

export function proposalOf({ method, count, ended, successes, worstMs }: SeenRoute): Proposal {
  const failed = ended - successes;
  const isRetryable = SAFE.has(method) && failed > 0;
  const timeoutMs =
    count >= FEWEST && worstMs !== null ? (NICE_MS.find((ms) => ms >= 3 * worstMs) ?? null) : null;
  const reasons = [
    timeoutMs !== null && worstMs !== null
      ? `timeout three times the slowest of ${count}, ${told(worstMs)}`
      : `no timeout: ${count} seen, ${FEWEST} would be enough`,
    isRetryable
      ? `retries: ${failed} of ${ended} failed, and ${method} can be repeated`
      : failed > 0
        ? `no retries: ${failed} of ${ended} failed, but ${method} may not be repeated`
        : 'no retries: none failed',
  ];
  return { timeoutMs, isRetryable, reason: reasons.join('; ') };
}

/** As Kubernetes' objects have it. */
function goDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function told(ms: number): string {
  const { value, unit } = duration(ms);
  return `${value}${unit}`;
}

export function draftText(kind: DraftKind, parent: DraftParent, routes: readonly SeenRoute[]): string {
  switch (kind) {
    case 'ServiceProfile':
      return serviceProfile(parent, routes);
    case 'HTTPRoute':
      return httpRoute(parent, routes);
    case 'GRPCRoute':
      return grpcRoute(parent, routes);
  }
}

function serviceProfile(
  { namespace, name, clusterDomain = 'cluster.local' }: DraftParent,
  routes: readonly SeenRoute[],
): string {
  const rules = routes.flatMap((route) => {
    const { timeoutMs, isRetryable } = proposalOf(route);
    return [
      `  - name: ${quoted(`${route.method} ${templateText(route)}`)}`,
      '    condition:',
      `      method: ${quoted(route.method)}`,
      `      pathRegex: ${quoted(pathRegex(route))}`,
      ...(isRetryable ? ['    isRetryable: true'] : []),
      ...(timeoutMs === null ? [] : [`    timeout: ${goDuration(timeoutMs)}`]),
    ];
  });
  const budget = routes.some((route) => proposalOf(route).isRetryable)
    ? ['  retryBudget:', '    retryRatio: 0.2', '    minRetriesPerSecond: 10', '    ttl: 10s']
    : [];
  return lines([
    'apiVersion: linkerd.io/v1alpha2',
    'kind: ServiceProfile',
    'metadata:',
    `  name: ${name}.${namespace}.svc.${clusterDomain}`,
    `  namespace: ${namespace}`,
    'spec:',
    ...(rules.length > 0 ? ['  routes:', ...rules] : ['  routes: []']),
    ...budget,
  ]);
}

/** Its annotations are of all rules: retries only where each of them may be repeated. */
function retryLines(routes: readonly SeenRoute[], protocol: 'http' | 'grpc'): string[] {
  const proposals = routes.map(proposalOf);
  const all = protocol === 'grpc' ? false : routes.every(({ method }) => SAFE.has(method));
  if (!all || !proposals.some(({ isRetryable }) => isRetryable)) return [];
  return ['  annotations:', '    retry.linkerd.io/http: 5xx', '    retry.linkerd.io/limit: "2"'];
}

function httpRoute(parent: DraftParent, routes: readonly SeenRoute[]): string {
  const rules = routes.flatMap((route) => {
    const { timeoutMs } = proposalOf(route);
    return [
      '  - matches:',
      `    - method: ${route.method}`,
      '      path:',
      `        type: ${isTemplate(route) ? 'RegularExpression' : 'Exact'}`,
      `        value: ${quoted(isTemplate(route) ? pathRegex(route) : templateText(route))}`,
      ...(timeoutMs === null ? [] : ['    timeouts:', `      request: ${goDuration(timeoutMs)}`]),
    ];
  });
  return lines([
    'apiVersion: gateway.networking.k8s.io/v1',
    'kind: HTTPRoute',
    ...metadata(parent, retryLines(routes, 'http')),
    ...rules,
  ]);
}

function grpcRoute(parent: DraftParent, routes: readonly SeenRoute[]): string {
  const rules = routes.flatMap((route) => {
    const [service = '', method = ''] = templateText(route).slice(1).split('/');
    return [
      '  - matches:',
      '    - method:',
      '        type: Exact',
      `        service: ${quoted(service)}`,
      `        method: ${quoted(method)}`,
    ];
  });
  return lines([
    'apiVersion: gateway.networking.k8s.io/v1',
    'kind: GRPCRoute',
    ...metadata(parent, retryLines(routes, 'grpc')),
    ...rules,
  ]);
}

function metadata({ namespace, name }: DraftParent, annotations: readonly string[]): string[] {
  return [
    'metadata:',
    `  name: ${name}-routes`,
    `  namespace: ${namespace}`,
    ...annotations,
    'spec:',
    '  parentRefs:',
    '  - group: core',
    '    kind: Service',
    `    name: ${name}`,
    '  rules:',
  ];
}

/** A scalar of YAML, whatever is in it. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

/** Rows of a tap of the namespace that were sent to this Service, by the name that callers use. */
export function isSentTo(authority: string, { namespace, name }: DraftParent): boolean {
  const [service, second] = authority.replace(/:\d+$/, '').split('.');
  return service === name && (second === undefined || second === namespace);
}

/** gRPC where all of it is; a Service of both gets the routes of each on its own. */
export function usualKind(routes: readonly SeenRoute[]): DraftKind {
  return routes.length > 0 && routes.every(({ isGrpc }) => isGrpc) ? 'GRPCRoute' : 'HTTPRoute';
}

/** What a draft of this kind can say. */
export function fitting(kind: DraftKind, routes: readonly SeenRoute[]): readonly SeenRoute[] {
  if (kind === 'ServiceProfile') return routes;
  return routes.filter(({ isGrpc }) => isGrpc === (kind === 'GRPCRoute'));
}
