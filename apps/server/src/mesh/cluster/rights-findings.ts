// What Kubernetes keeps back from the identity in use, and of which part of the mesh it speaks: said once, with the manifest
// that would mend it.

import { named } from '@latchwork/figures/named';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toReadGrant } from '../../sources/kubernetes/rights/read-grant.ts';
import { KIND_NAMES, KINDS } from '../../sources/kubernetes/watch/kinds.ts';
import type { KindName, KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { toFinding } from '../findings/finding.ts';
import { isSeenIn, reachOf } from './reach.ts';

/** These two tell what is missing from the parts of Kubernetes. */
export const RIGHTS_MISSING = 'kubernetes-rights';
export const IN_PART = 'kubernetes-in-part';

/** Each is a Role and its binding to be applied. */
const MOST_ROLES = 20;

type RightsState = Pick<KubernetesState, 'parts' | 'identity' | 'known'>;

export function toRightsFindings(state: RightsState): Finding[] {
  const reach = reachOf(state);
  return [inPart(state, reach), missing(state, reach)].filter((found) => found !== null);
}

function inPart({ parts, identity, known }: RightsState, reach: readonly string[]): Finding | null {
  if (reach.length === 0) return null;
  const partial = KIND_NAMES.filter((kind) => parts[kind].namespaces !== undefined);
  const about = partial.includes('pods') ? '' : ` about ${named(partial.map(wordsOf))}`;
  const refused = (known?.named ?? []).filter((name) => !reach.includes(name));
  const unasked = known?.unasked ?? 0;
  const evidence = [
    refused.length > 0 ? `It may not look into ${named(refused)} either.` : '',
    unasked > 0 ? `${unasked} more namespaces of the metrics were not asked for: they are too many.` : '',
  ].filter(Boolean);
  return toFinding({
    code: IN_PART,
    what: `Kubernetes speaks${about} of ${placesOf(reach)} alone, because ${whoIn(identity)} may not list the whole cluster: pods, idle workloads and causes in other namespaces are not known`,
    evidence: evidence.join(' ') || null,
    remedy:
      'name other namespaces of yours with --namespace, or let someone who may grant rights in the whole cluster apply the manifest',
    manifest: toReadGrant(null, identity ?? null),
    missingRight: 'list and watch in the whole cluster',
  });
}

function missing(state: RightsState, reach: readonly string[]): Finding | null {
  const { parts, identity } = state;
  const denied = KIND_NAMES.filter((kind) => isMissing(state, kind, reach));
  const slow = KIND_NAMES.filter((kind) => !denied.includes(kind) && parts[kind].missing?.length);
  if (denied.length === 0 && slow.length === 0) return null;
  const where = reach.length > 0 ? ` in ${placesOf(reach)}` : '';
  const said = [
    denied.length > 0 ? `may not list ${named(denied.map(wordsOf))}${where}` : '',
    slow.length > 0
      ? `may list but not watch ${named(slow.map(wordsOf))}${where}, which are read again every half a minute`
      : '',
  ].filter(Boolean);
  const grants =
    reach.length > 0
      ? reach.slice(0, MOST_ROLES).map((namespace) => toReadGrant(namespace, identity ?? null))
      : [toReadGrant(null, identity ?? null)];
  return toFinding({
    code: RIGHTS_MISSING,
    severity: 'warn',
    what: `${whoIn(identity)} ${said.join(', and ')}`,
    evidence: [...denied, ...slow].flatMap((kind) => parts[kind].message ?? [])[0] ?? null,
    remedy:
      'let someone who may grant rights apply the manifest, which has all that is read here; it is asked again by itself',
    manifest: grants.join('---\n'),
    missingRight: said.join(', and '),
  });
}

/** Where only some namespaces are seen at all: in one of those. */
function isMissing({ parts }: RightsState, kind: KindName, reach: readonly string[]): boolean {
  const part = parts[kind];
  if (part.state === 'denied') return true;
  return part.namespaces !== undefined && reach.some((namespace) => !isSeenIn(part, namespace));
}

function wordsOf(kind: KindName): string {
  const { group, resource } = KINDS[kind];
  // Two kinds of different groups bear this name.
  return resource === 'httproutes' ? `${resource}.${group}` : resource;
}

function placesOf(namespaces: readonly string[]): string {
  return `namespace${namespaces.length === 1 ? '' : 's'} ${named(namespaces)}`;
}

function whoIn(identity: RightsState['identity']): string {
  return identity ? `the identity ${identity.user}` : 'the identity in use';
}
