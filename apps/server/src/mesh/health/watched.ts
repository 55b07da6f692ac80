// What is watched of the cluster, where it is seen: of a place that is not, nothing is said, neither well nor bad.

import { named } from '@latchwork/figures/named';
import { kindRule } from '../../sources/kubernetes/rights/kind-rules.ts';
import { rulesPhrase } from '../../sources/kubernetes/rights/missing-rule.ts';
import { isNamespaces, KINDS } from '../../sources/kubernetes/watch/kinds.ts';
import type { KindName, KindPart, KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { known, type Told, type Untold } from '../../sources/told.ts';
import { isSeenEverywhere, isSeenIn } from '../cluster/reach.ts';
import { isBad, judged, unknown, type Verdict } from './checks/verdict.ts';
import type { HealthView } from './health-view.ts';

type Objects<K extends KindName> = KubernetesState['objects'][K];

/** Instead of some namespaces: all of them. */
export const EVERYWHERE: readonly string[] = [];

/** The objects of a kind, or why they are not known in those namespaces; without a word of them, in those that are asked about. */
export function watched<K extends KindName>(
  { state, namespaces }: Pick<HealthView, 'state' | 'namespaces'>,
  kind: K,
  where: Iterable<string> = namespaces,
): Told<Objects<K>> {
  if (state.state !== 'known') return state;
  const part = state.value.parts[kind];
  const places = [...where];
  if (part.state === 'absent') return { state: 'absent' };
  const isSeen =
    places.length === 0 ? isSeenEverywhere(part) : places.every((place) => isSeenIn(part, place));
  return isSeen ? known(state.value.objects[kind]) : unseen(kind, part, places);
}

/** For what each object has to fulfil: one that is seen and does not is bad, and the others are good only where all are seen. */
export function judgedEach<K extends KindName>(
  view: HealthView,
  kind: K,
  judge: (objects: Objects<K>) => Verdict | null,
  where: Iterable<string> = view.namespaces,
): Verdict | null {
  return judgedInPart({ view, kind, where, judge, isProof: isBad });
}

/** For what has to be there: one that is seen is there, and none is missed where somebody cannot look. */
export function judgedAny<K extends KindName>(
  view: HealthView,
  kind: K,
  judge: (objects: Objects<K>) => Verdict | null,
  where: Iterable<string> = view.namespaces,
): Verdict | null {
  return judgedInPart({ view, kind, where, judge, isProof: ({ state }) => state === 'ok' });
}

function judgedInPart<K extends KindName>({
  view,
  kind,
  where,
  judge,
  isProof,
}: {
  view: HealthView;
  kind: K;
  where: Iterable<string>;
  judge: (objects: Objects<K>) => Verdict | null;
  isProof: (verdict: Verdict) => boolean;
}): Verdict | null {
  const whole = watched(view, kind, where);
  if (whole.state !== 'untold') return judged(whole, judge, () => null);
  if (view.state.state !== 'known' || view.state.value.parts[kind].namespaces === undefined)
    return unknown(whole);
  const verdict = judge(view.state.value.objects[kind]);
  return verdict !== null && isProof(verdict) ? verdict : unknown(whole);
}

function unseen(kind: KindName, part: KindPart, places: readonly string[]): Untold {
  const { state, message, remedy, namespaces, missing } = part;
  const { resource } = KINDS[kind];
  const right = rulesPhrase(
    missing?.length && namespaces === undefined ? missing : wantedRules(kind, places),
  );
  if (namespaces !== undefined)
    return {
      state: 'untold',
      why: isNamespaces(resource)
        ? `the identity in use sees no namespace but ${named(namespaces)}`
        : `the identity in use sees ${resource} of namespace ${named(namespaces)} alone`,
      remedy: `ask about what it sees (--namespace ${namespaces[0] ?? 'NAMESPACE'}), or grant it: ${right}`,
      right,
    };
  const isDenied = state === 'denied';
  return {
    state: 'untold',
    why: isDenied
      ? `the identity in use may not ${right}`
      : (message ?? `the API server has not said yet which ${resource} there are`),
    remedy: remedy ?? `grant the verbs list and watch on ${resource} to the identity in use`,
    right: isDenied ? right : null,
  };
}

function wantedRules(kind: KindName, places: readonly string[]) {
  const place = places.length === 1 ? (places[0] ?? null) : null;
  const verbs = place !== null && isNamespaces(KINDS[kind].resource) ? ['get'] : ['list', 'watch'];
  return verbs.map((verb) => kindRule(verb, KINDS[kind], place));
}
