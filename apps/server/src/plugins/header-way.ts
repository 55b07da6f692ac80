// The way in by a proxy that has logged people in: it says who they are in headers, and is believed by its address alone.

import type { FastifyRequest } from 'fastify';
import type { Addresses } from '../security/address.ts';
import { isOfKubernetes } from '../security/login/person-claims.ts';
import { type RoleGroup, roleOf } from '../security/login/role-groups.ts';
import { toPerson } from '../security/viewer.ts';
import type { Way } from './identity.ts';

export interface HeaderWayOptions {
  /** Lower-case. */
  readonly userHeader: string;
  readonly groupsHeader: string | null;
  readonly proxies: Addresses;
  readonly roleGroups: readonly RoleGroup[];
}

const LONGEST_NAME = 256;
const MOST_GROUPS = 500;

export function createHeaderWay({ userHeader, groupsHeader, proxies, roleGroups }: HeaderWayOptions): Way {
  return {
    async viewerOf(request) {
      // Of the connection itself: what X-Forwarded-For says is whom the proxy talks to.
      if (!proxies.has(request.raw.socket?.remoteAddress ?? '')) return null;
      const user = headerOf(request, userHeader);
      if (user === null || user.length > LONGEST_NAME || isOfKubernetes(user)) return null;
      const groups = (groupsHeader === null ? '' : (headerOf(request, groupsHeader) ?? ''))
        .split(',')
        .map((group) => group.trim())
        .filter((group) => group !== '' && !isOfKubernetes(group))
        .slice(0, MOST_GROUPS);
      return toPerson(user, groups, roleOf(groups, roleGroups));
    },
  };
}

/** Sent twice, it is nobody's word: a proxy that adds its own to what came says two things. */
function headerOf({ raw }: FastifyRequest, name: string): string | null {
  const values = raw.headersDistinct[name] ?? [];
  const [only] = values;
  return values.length === 1 && only !== undefined && only.trim() !== '' ? only.trim() : null;
}
