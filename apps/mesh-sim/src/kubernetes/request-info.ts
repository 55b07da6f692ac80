// What a path and a method mean to the API server: verb, resource, place. Knows no answers.

import type { Attributes } from './rights.ts';

export interface RequestInfo extends Attributes {
  readonly version: string;
}

const API = /^\/(?:api\/(?<core>v1)|apis\/(?<group>[^/]+)\/(?<version>[^/]+))\/(?<rest>.+)$/;
const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
};

/** Null for paths that name no resource: discovery, versions, health. */
export function toRequestInfo(method: string, url: URL): RequestInfo | null {
  const { core, group = '', version = '', rest = '' } = API.exec(url.pathname)?.groups ?? {};
  if (rest === '') return null;
  let parts = rest.split('/').map(decodeURIComponent);
  // An old way of watching, and the one that tap's paths still have.
  const isWatchPath = parts[0] === 'watch' && parts.length > 1;
  if (isWatchPath) parts = parts.slice(1);
  let namespace: string | null = null;
  if (parts[0] === 'namespaces' && parts.length > 2) {
    namespace = parts[1] ?? null;
    parts = parts.slice(2);
  }
  const [resource = '', name = '', ...sub] = parts;
  const isNamespace = resource === 'namespaces' && name !== '';
  return {
    verb: isWatchPath ? 'watch' : verbOf(method, name, url.searchParams),
    group,
    version: core ?? version,
    resource: [resource, ...sub].join('/'),
    namespace: namespace ?? (isNamespace ? name : null),
    name: name === '' ? null : name,
  };
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  if (method === 'DELETE') return name === '' ? 'deletecollection' : 'delete';
  if (method !== 'GET' && method !== 'HEAD') return VERBS[method] ?? method.toLowerCase();
  if (name !== '') return 'get';
  return isWatch(query) ? 'watch' : 'list';
}

export function isWatch(query: URLSearchParams): boolean {
  return ['1', 'true'].includes(query.get('watch') ?? '');
}
