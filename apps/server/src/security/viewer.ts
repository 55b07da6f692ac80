// Who asks: what they are called in limits and in the record, and what they may do. Pure.

import { type OpenLink, SKEW_SECONDS } from './links/signed-link.ts';

/** Each may what those before it may: look, watch single requests, sign links for others. */
export const ROLES = ['viewer', 'tapper', 'signer'] as const;
export type Role = (typeof ROLES)[number];

export interface Viewer {
  /** `token:ops`, `user:jane@example.com`, `link:Zm9v…`, or `anybody` where nothing is asked for. */
  readonly id: string;
  readonly kind: 'anybody' | 'token' | 'person' | 'link';
  readonly role: Role;
  /** As Kubernetes would know a person; empty for anybody else. */
  readonly groups: readonly string[];
  /** Unix seconds; null: as long as what was shown is good. */
  readonly untilSeconds: number | null;
}

export function may({ role }: Pick<Viewer, 'role'>, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

/** The name that Kubernetes knows a person by. */
export function userOf({ id, kind }: Viewer): string | null {
  return kind === 'person' ? id.slice('user:'.length) : null;
}

export function toPerson(
  user: string,
  groups: readonly string[],
  role: Role,
  untilSeconds: number | null = null,
): Viewer {
  return { id: `user:${user}`, kind: 'person', role, groups, untilSeconds };
}

/** Until both clocks agree that it has ended. */
export function toLinkViewer({ linkId, expiresAtSeconds }: OpenLink): Viewer {
  const known = { kind: 'link', role: 'viewer', groups: [] } as const;
  return { id: `link:${linkId}`, ...known, untilSeconds: expiresAtSeconds + SKEW_SECONDS };
}
