// The parameters of a live stream of requests → what the tap is asked. Knows no stream.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import { BadParam } from '../../contract/bad-param.ts';
import {
  isTappableKind,
  TAPPABLE_KINDS,
  type TapMatch,
  type TapRequest,
  type TapTarget,
} from '../../sources/tap/target.ts';

const DEFAULT_MAX_RPS = 100;
/** Linkerd names its objects as Kubernetes does: DNS-1123 subdomains. */
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const NAME_ALLOWED = 'a DNS-1123 name: lower-case letters, digits, "-" and ".", at most 253';

/** Equal questions come out equal. Throws a BadParam for what fits the schema but makes no sense. */
export function toTapRequest(params: TapParams, headers: boolean): TapRequest {
  const { namespace, maxRps = DEFAULT_MAX_RPS, labelSelector } = params;
  const match = toMatch(params);
  return {
    target: { namespace, workload: toWorkload(params.kind, params.name, 'kind', 'name') },
    maxRps,
    headers,
    ...(Object.keys(match).length > 0 ? { match } : {}),
    ...(labelSelector !== undefined ? { labelSelector } : {}),
  };
}

function toMatch(params: TapParams): TapMatch {
  const { namespace, toNamespace, toKind, toName, method, scheme, authority, path } = params;
  const workload = toWorkload(toKind, toName, 'toKind', 'toName');
  const to = toNamespace !== undefined || workload ? { namespace: toNamespace ?? namespace, workload } : null;
  return {
    ...(to ? { to } : {}),
    ...(method !== undefined ? { method: method.toUpperCase() } : {}),
    ...(scheme !== undefined ? { scheme } : {}),
    ...(authority !== undefined ? { authority } : {}),
    ...(path !== undefined ? { path } : {}),
  };
}

function toWorkload(
  kind: string | undefined,
  name: string | undefined,
  kindField: string,
  nameField: string,
): TapTarget['workload'] {
  const kinds = `one of ${TAPPABLE_KINDS.join(', ')}`;
  if (kind === undefined && name !== undefined)
    throw new BadParam(kindField, undefined, `${kinds}, because there is a name`);
  if (kind !== undefined && name === undefined) throw new BadParam(nameField, undefined, NAME_ALLOWED);
  if (name !== undefined && !NAME.test(name)) throw new BadParam(nameField, name, NAME_ALLOWED);
  if (kind === undefined || name === undefined) return null;
  if (!isTappableKind(kind)) throw new BadParam(kindField, kind, kinds);
  return { kind, name };
}
