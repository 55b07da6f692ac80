// Seen routes → a ServiceProfile, an HTTPRoute or a GRPCRoute to copy. Text only, and never applied. Pure.
// https://linkerd.io/docs/reference/service-profiles/ https://linkerd.io/docs/reference/httproute/

import { duration } from '../latency.ts';
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
const LONGEST_MS = NICE_MS.at(-1) as number;

/** What a draft of this kind says of a route, beside all the others that it is of. */
export function proposalOf(
  route: SeenRoute,
  kind: Exclude<DraftKind, 'GRPCRoute'>,
  all: readonly SeenRoute[],
): Proposal {
  const { timeoutMs, reason } = timeoutOf(route);
  const retries = kind === 'HTTPRoute' ? retriesOfAll(route, all) : retriesOf(route);
  return { timeoutMs, isRetryable: retries.are, reason: `${reason}; ${retries.reason}` };
}

function timeoutOf({ count, worstMs }: SeenRoute): { timeoutMs: number | null; reason: string } {
  const no = (reason: string) => ({ timeoutMs: null, reason: `no timeout: ${reason}` });
  if (count < FEWEST) return no(`${count} seen, ${FEWEST} would be enough`);
  if (worstMs === null) return no(`of ${count} seen, none was timed`);
  const timeoutMs = NICE_MS.find((ms) => ms >= 3 * worstMs);
  if (timeoutMs === undefined)
    return no(`three times the slowest of ${count}, ${told(worstMs)}, is over ${told(LONGEST_MS)}`);
  return { timeoutMs, reason: `timeout three times the slowest of ${count}, ${told(worstMs)}` };
}

interface Retries {
  readonly are: boolean;
  readonly reason: string;
}

function retriesOf({ method, ended, successes }: SeenRoute): Retries {
  const failed = ended - successes;
  if (failed === 0) return { are: false, reason: 'no retries: none failed' };
  const few = `${failed} of ${ended} failed`;
  return SAFE.has(method)
    ? { are: true, reason: `retries: ${few}, and ${method} can be repeated` }
    : { are: false, reason: `no retries: ${few}, but ${method} may not be repeated` };
}

/** An HTTPRoute's annotations are of all rules: retries only where each of them may be repeated. */
function retriesOfAll(route: SeenRoute, all: readonly SeenRoute[]): Retries {
  const own = retriesOf(route);
  const unsafe = all.find(({ method }) => !SAFE.has(method));
  if (unsafe !== undefined) {
    if (!own.are) return own;
    const reason = `but retries are of all rules, and ${unsafe.method} may not be repeated`;
    return {
      are: false,
      reason: `no retries: ${route.ended - route.successes} of ${route.ended} failed, ${reason}`,
    };
  }
  if (own.are || !all.some((other) => retriesOf(other).are)) return own;
  return { are: true, reason: 'retries: none failed, but they are of all rules, and others did' };
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
    const { timeoutMs, isRetryable } = proposalOf(route, 'ServiceProfile', routes);
    return [
      `  - name: ${quoted(`${route.method} ${templateText(route)}`)}`,
      '    condition:',
      `      method: ${quoted(route.method)}`,
      `      pathRegex: ${quoted(pathRegex(route))}`,
      ...(isRetryable ? ['    isRetryable: true'] : []),
      ...(timeoutMs === null ? [] : [`    timeout: ${goDuration(timeoutMs)}`]),
    ];
  });
  const budget = routes.some((route) => proposalOf(route, 'ServiceProfile', routes).isRetryable)
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

function retryLines(routes: readonly SeenRoute[]): string[] {
  if (!routes.some((route) => proposalOf(route, 'HTTPRoute', routes).isRetryable)) return [];
  return ['  annotations:', '    retry.linkerd.io/http: 5xx', '    retry.linkerd.io/limit: "2"'];
}

function httpRoute(parent: DraftParent, routes: readonly SeenRoute[]): string {
  const rules = routes.flatMap((route) => {
    const { timeoutMs } = proposalOf(route, 'HTTPRoute', routes);
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
    ...metadata(parent, retryLines(routes)),
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
    ...metadata(parent, []),
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
