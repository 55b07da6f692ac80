// Lists in pages, and single objects.

import type { ServerResponse } from 'node:http';
import { type KubeObject, keyOf } from './kube-object.ts';
import type { ObjectStore } from './object-store.ts';
import type { RequestInfo } from './request-info.ts';
import { groupVersion, type Resource, resourceKey } from './resources.ts';
import { toSelection } from './selection.ts';
import { badRequest, CONTINUE_TOO_OLD, notFound, refuse, sendJson } from './status.ts';

interface Place {
  readonly version: number;
  /** The last key of the page before. */
  readonly after: string;
}

/** Objects are stored in one version and served in all. */
export function inVersion(object: KubeObject, { group }: Resource, version: string): KubeObject {
  return { ...object, apiVersion: groupVersion(group, version) };
}

export function sendObject(
  store: ObjectStore,
  resource: Resource,
  { namespace, name, version }: RequestInfo,
  response: ServerResponse,
): void {
  const key = resource.namespaced ? `${namespace}/${name}` : (name ?? '');
  const object = store.get(resourceKey(resource), key);
  if (object) sendJson(response, 200, inVersion(object, resource, version));
  else refuse(response, notFound({ group: resource.group, resource: resource.name }, name ?? ''));
}

export function sendList(
  store: ObjectStore,
  resource: Resource,
  { namespace, version }: RequestInfo,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const token = query.get('continue') ?? '';
  const place = token === '' ? null : readToken(token);
  if (token !== '' && place === null) {
    refuse(response, badRequest(`continue key is not valid: ${token}`));
    return;
  }
  if (place && store.isForgotten(place.version)) {
    refuse(response, CONTINUE_TOO_OLD);
    return;
  }
  const isSelected = toSelection(namespace, query);
  const all = store
    .list(resourceKey(resource))
    .filter((object) => isSelected(object) && (place === null || keyOf(object) > place.after));
  const asked = Number(query.get('limit') ?? 0);
  // From its memory the API server answers all at once.
  const limit = asked > 0 && query.get('resourceVersion') !== '0' ? asked : all.length;
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const at = place?.version ?? store.version;
  const rest =
    last && all.length > limit
      ? {
          continue: writeToken({ version: at, after: keyOf(last) }),
          remainingItemCount: all.length - limit,
        }
      : {};
  sendJson(response, 200, {
    kind: `${resource.kind}List`,
    apiVersion: groupVersion(resource.group, version),
    metadata: { resourceVersion: String(at), ...rest },
    items: items.map((object) => inVersion(object, resource, version)),
  });
}

function writeToken(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readToken(token: string): Place | null {
  try {
    const { version, after } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return typeof version === 'number' && typeof after === 'string' ? { version, after } : null;
  } catch {
    return null;
  }
}
