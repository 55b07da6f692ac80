// What the groups of a person let them do. Pure.

import { ROLES, type Role } from '../viewer.ts';

export interface RoleGroup {
  readonly role: Role;
  readonly group: string;
}

/** The most that any of their groups allows; looking is for everybody who is let in. */
export function roleOf(groups: readonly string[], roleGroups: readonly RoleGroup[]): Role {
  const own = roleGroups.filter(({ group }) => groups.includes(group));
  return ROLES.toReversed().find((role) => own.some((each) => each.role === role)) ?? 'viewer';
}
