// The manifest that lets an identity read all that this server reads: always the same, so that applying it again takes
// nothing away.

import type { Identity } from '../api/identity.ts';
import { isNamespaces, KINDS } from '../watch/kinds.ts';
import { toGrant } from './access-grant.ts';
import { kindRule } from './kind-rules.ts';

/** For the whole cluster, or for one namespace. */
export function toReadGrant(namespace: string | null, identity: Identity | null): string {
  const rules = Object.values(KINDS).flatMap((kind) => {
    const verbs = namespace !== null && isNamespaces(kind.resource) ? ['get'] : ['list', 'watch'];
    return verbs.map((verb) => kindRule(verb, kind, namespace));
  });
  return toGrant(rules, identity);
}
