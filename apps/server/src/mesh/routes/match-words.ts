// What a rule matches, in the words of a reader: "GET, path begins with /quotes". Pure.

import type { RouteMatch } from '../../sources/kubernetes/watch/objects.ts';

const PATHS: Readonly<Record<string, (value: string) => string>> = {
  Exact: (value) => value,
  PathPrefix: (value) => (value === '/' ? 'any path' : `path begins with ${value}`),
  RegularExpression: (value) => {
    const [, start] = /^((?:\/[\w.~-]+)+\/)(?:\[\^\/\][+*]|\.[+*])$/.exec(value) ?? [];
    return start ? `${start} and one part` : `path is like ${value}`;
  },
};

export function matchWords({ method, path, service, rpc, headers, queryParams }: RouteMatch): string {
  const call = service || rpc ? `${shortName(service) ?? 'any service'} / ${rpc ?? 'any method'}` : null;
  const parts = [
    method,
    path ? (PATHS[path.type] ?? PATHS['Exact'] ?? String)(path.value) : null,
    call,
    ...headers.map(({ name, value }) => `with header ${name}: ${value}`),
    ...queryParams.map(({ name, value }) => `with ${name}=${value} in the query`),
  ].filter((part): part is string => part !== null && part !== 'any path');
  return parts.length > 0 ? parts.join(', ') : 'everything';
}

function shortName(service: string | null): string | null {
  return service === null ? null : (service.split('.').at(-1) ?? service);
}
