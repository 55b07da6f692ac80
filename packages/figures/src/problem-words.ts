// A problem in the short words of a list: since when, who feels it, where. Pure.

import { edgeEnds } from '@latchwork/shared/edge-id';
import type { ProblemKind } from '@latchwork/shared/problems/problem-kinds';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import { clock } from './clock.ts';
import { peerName } from './peer.ts';

export const KIND_WORDS: Readonly<Record<ProblemKind, string>> = {
  lost: 'never arrived',
  failing: 'failing',
  slow: 'slow',
  plaintext: 'not encrypted',
  refused: 'refused',
  look: 'to look at',
};

/** How the address names a problem. */
export function problemKey({ code, where }: Pick<MeshProblem, 'code' | 'where'>): string {
  return `${code}@${where}`;
}

/** "since 15:31", another day "since 23 Nov", "before 14:46" where the data begins; empty where nobody knows. */
export function sinceText(
  { since, sinceBefore }: Pick<MeshProblem, 'since' | 'sinceBefore'>,
  at: string,
): string {
  if (since === null) return '';
  const word = sinceBefore ? 'before' : 'since';
  if (since.slice(0, 10) === at.slice(0, 10)) return `${word} ${clock(since)}`;
  const day = new Date(since).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  return `${word} ${day}`;
}

/** At most two by name, then how many more before them. */
export function feltBy({ callers, affected }: Pick<MeshProblem, 'callers' | 'affected'>): string {
  const named = callerNames(callers).slice(0, 2);
  const toldOf = named.includes(OUTSIDE) ? callers.filter(isOutside).length + named.length - 1 : named.length;
  const more = Math.max(0, (affected ?? callers.length) - toldOf);
  return named.length === 0 ? '' : named.join(', ') + (more > 0 ? ` +${more}` : '');
}

/** Callers by name, "web.booking" where another namespace has a "web" among them; all from outside are one. */
export function callerNames(ids: readonly string[]): string[] {
  const spaces = new Map<string, Set<string>>();
  const callers = ids.map((id) => ({ ...peerName(id), id }));
  for (const { name, namespace } of callers)
    spaces.set(name, (spaces.get(name) ?? new Set()).add(namespace ?? ''));
  const names = callers.map(({ id, name, namespace }) => {
    if (isOutside(id)) return OUTSIDE;
    return namespace && (spaces.get(name)?.size ?? 0) > 1 ? `${name}.${namespace}` : name;
  });
  return [...new Set(names)];
}

const OUTSIDE = 'outside';

function isOutside(id: string): boolean {
  return id.startsWith('unmeshed:') || id.startsWith('external:');
}

/** The namespace that a place is in; empty for the mesh and for what is in none. */
export function namespaceOf(where: string): string {
  const node = edgeEnds(where)?.target ?? where;
  return peerName(node).namespace ?? '';
}

/** "backoffice/agent", and the same of both ends of an edge. */
export function placeParts(where: string): { namespace: string; name: string }[] {
  const ends = edgeEnds(where);
  return (ends ? [ends.source, ends.target] : [where]).map((id) => {
    if (isOutside(id)) return { namespace: '', name: OUTSIDE };
    const { name, namespace } = peerName(id);
    return { namespace: namespace ? `${namespace}/` : '', name };
  });
}

/** The lines that make a problem an accepted one. */
export function acceptLines({ code, where }: Pick<MeshProblem, 'code' | 'where'>, at: string): string {
  const end = new Date(Date.parse(at) + 90 * 86_400_000).toISOString().slice(0, 10);
  return [
    `- code: ${JSON.stringify(code)}`,
    `  where: ${JSON.stringify(where)}`,
    '  name: YOUR NAME',
    '  reason: WHY IT IS ACCEPTED',
    `  end: ${end}`,
    '',
  ].join('\n');
}
