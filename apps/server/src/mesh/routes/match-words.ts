// What a rule matches, in the words of a reader: "GET, path begins with /quotes". Pure.

import type { RouteMatch, RouteObject } from '../../sources/kubernetes/watch/objects.ts';

const PATHS: Readonly<Record<string, (value: string) => string>> = {
  Exact: (value) => value,
  PathPrefix: (value) => (value === '/' ? 'any path' : `path begins with ${value}`),
  RegularExpression: (value) => {
    const [, start] = /^((?:\/[\w.~-]+)+\/)(?:\[\^\/\][+*]|\.[+*])$/.exec(value) ?? [];
    return start ? `${start} and one part` : `path is like ${value}`;
  },
};

/** One for each match of each rule: any of them is enough, and of the hosts, where some are named, any, too. */
export function routeMatches(
  kind: string,
  { hostnames, rules }: Pick<RouteObject, 'hostnames' | 'rules'>,
): string[] {
  if (kind === 'TCPRoute') return ['every connection'];
  if (kind === 'TLSRoute')
    return hostnames.length > 0 ? hostnames.map((host) => `TLS to ${host}`) : ['every TLS connection'];
  if (rules.length === 0) return ['nothing, because it has no rules'];
  const hosts = hostnames.length > 0 ? `host ${anyOf(hostnames)}` : null;
  return rules
    .flatMap(({ matches }) => (matches.length > 0 ? matches.map(matchWords) : [EVERYTHING]))
    .map((match) => (hosts === null ? match : match === EVERYTHING ? hosts : `${hosts}, ${match}`));
}

/** The first few by name. */
function anyOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(' or ');
  return names.length > 3 ? `${shown} or ${names.length - 3} more` : shown;
}

const EVERYTHING = 'everything';

export function matchWords({ method, path, service, rpc, headers, queryParams }: RouteMatch): string {
  const call = service || rpc ? `${shortName(service) ?? 'any service'} / ${rpc ?? 'any method'}` : null;
  const parts = [
    method,
    path ? (PATHS[path.type] ?? PATHS['Exact'] ?? String)(path.value) : null,
    call,
    ...headers.map(
      ({ name, value, isPattern }) => `with header ${name}${isPattern ? ' like' : ':'} ${value}`,
    ),
    ...queryParams.map(
      ({ name, value, isPattern }) => `with ${name}${isPattern ? ' like ' : '='}${value} in the query`,
    ),
  ].filter((part): part is string => part !== null && part !== 'any path');
  return parts.length > 0 ? parts.join(', ') : EVERYTHING;
}

function shortName(service: string | null): string | null {
  return service === null ? null : (service.split('.').at(-1) ?? service);
}
