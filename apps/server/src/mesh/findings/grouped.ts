// One cause that explains several places is one problem: their sum, and each of them by name.

import type { Finding, Severity } from '@latchwork/shared/problems/finding';
import { PROBLEM_KINDS } from '@latchwork/shared/problems/problem-kinds';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import type { Made } from './made.ts';
import type { Neighbours } from './neighbours.ts';

const SEVERITIES: readonly Severity[] = ['bad', 'warn', 'info'];
/** Theirs alone: whoever is before them does not feel it. */
const DIRECT: readonly string[] = ['plaintext', 'refused'];
/** Enough to act on; the page of the workload has them all. */
const MOST_PODS = 20;

export function toGrouped(all: readonly Made[], neighbours: Neighbours): MeshProblem[] {
  const groups = Map.groupBy(all, ({ kind, cause, finding }, index) =>
    cause === null ? `${index}` : `${kind} ${cause.key} ${finding.code}`,
  );
  return [...groups.values()].map((group) => toProblem(group, neighbours)).sort(byRank);
}

/** The group has one member or more. */
export function toProblem(group: readonly Made[], neighbours: Neighbours): MeshProblem {
  const sorted = [...group].sort((a, b) => (b.finding.weight ?? -1) - (a.finding.weight ?? -1));
  const first = sorted[0] as Made;
  const { cause, kind } = first;
  const isShared = cause !== null && new Set(group.map(({ finding }) => finding.where)).size > 1;
  const wheres = [...new Set(sorted.map(({ finding }) => finding.where))];
  // One place may have several: by each error of the proxy, for one.
  const places = wheres.map((where) => ({
    where,
    weight: sum(sorted.flatMap(({ finding }) => (finding.where === where ? [finding.weight] : []))),
  }));
  const callers = [...new Set(wheres.flatMap(neighbours.callersOf))];
  const affected = DIRECT.includes(kind) ? callers.length : neighbours.countAffected(wheres);
  const pods = [...new Set(group.flatMap(({ finding }) => finding.pods ?? []))];
  return {
    ...first.finding,
    ...(isShared ? { where: cause.where, what: cause.what } : {}),
    severity: SEVERITIES.find((one) => group.some(({ finding }) => finding.severity === one)) ?? 'info',
    weight: sum(places.map(({ weight }) => weight)),
    affected: kind === 'look' ? null : affected,
    ...(pods.length > 0 ? { pods: pods.slice(0, MOST_PODS) } : {}),
    kind,
    partly: group.every(({ partly }) => partly),
    places,
    callers: callers.slice(0, 3),
    sinceBefore: false,
  };
}

/** By weight, then severity, then name; what has no weight stands last. */
export function byRank(a: MeshProblem, b: MeshProblem): number {
  return (
    (b.weight ?? -1) - (a.weight ?? -1) ||
    PROBLEM_KINDS.indexOf(a.kind) - PROBLEM_KINDS.indexOf(b.kind) ||
    severityOf(a) - severityOf(b) ||
    compare(a.what, b.what) ||
    compare(a.where, b.where)
  );
}

function severityOf({ severity }: Pick<Finding, 'severity'>): number {
  return SEVERITIES.indexOf(severity);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sum(weights: readonly (number | null)[]): number | null {
  const known = weights.filter((weight) => weight !== null);
  return known.length > 0 ? known.reduce((total, weight) => total + weight, 0) : null;
}
