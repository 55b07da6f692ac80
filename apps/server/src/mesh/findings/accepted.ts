// What a team accepts: which problems, in whose name, why, and until when. Accepted is counted apart, and forgotten nowhere.

import type { Acceptance, Accepted, MeshProblem, Problems } from '@latchwork/shared/problems/problems';
import { byRank } from './grouped.ts';

export interface AcceptedEntry extends Acceptance {
  readonly code: string;
  readonly where: string;
}

const FIELDS = ['code', 'where', 'name', 'reason'] as const;
/** Failures are not for accepting. */
const ACCEPTABLE: readonly string[] = ['plaintext', 'refused', 'look'];

/** `list` as it was read from YAML or JSON. Throws what is wrong with it, by the number of its entry. */
export function toEntries(list: unknown): AcceptedEntry[] {
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list)) throw new Error('it is no list: one entry begins with "- code: …"');
  return list.map((entry: unknown, index) => {
    const said = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
    const missing = FIELDS.find((field) => typeof said[field] !== 'string' || said[field] === '');
    if (missing) throw new Error(`entry ${index + 1} has no ${missing}`);
    const { code, where, name, reason } = said as Record<(typeof FIELDS)[number], string>;
    return { code, where, name, reason, end: toEnd(said['end'], index) };
  });
}

function toEnd(said: unknown, index: number): string | null {
  if (said === null || said === undefined || said === '') return null;
  const ms = said instanceof Date ? said.getTime() : Date.parse(String(said));
  if (Number.isNaN(ms))
    throw new Error(`entry ${index + 1}: end ${JSON.stringify(said)} is no date, such as 2027-03-01`);
  return new Date(ms).toISOString();
}

/** Whole problems, or some places of them: what is left of a problem is still one. */
export function withAccepted(problems: Problems, entries: readonly AcceptedEntry[], nowMs: number): Problems {
  const current = entries.filter(({ end }) => end === null || Date.parse(end) > nowMs);
  const accepted: Accepted[] = [];
  const left: MeshProblem[] = [];
  for (const problem of problems.problems) {
    const of = (where: string) =>
      current.find((entry) => entry.code === problem.code && entry.where === where);
    if (!ACCEPTABLE.includes(problem.kind) || current.length === 0) {
      left.push(problem);
      continue;
    }
    const whole = of(problem.where);
    const rest = whole ? [] : problem.places.filter(({ where }) => of(where) === undefined);
    const gone = problem.places.filter((place) => !rest.includes(place));
    const [first] = gone;
    const entry = whole ?? (first && of(first.where));
    if (!entry) {
      left.push(problem);
      continue;
    }
    const { name, reason, end } = entry;
    accepted.push({ ...cut(problem, gone), accepted: { name, reason, end } });
    if (rest.length > 0) left.push(cut(problem, rest));
  }
  return { ...problems, problems: left.sort(byRank), accepted };
}

function cut(problem: MeshProblem, places: MeshProblem['places']): MeshProblem {
  if (places.length === problem.places.length) return problem;
  const weights = places.flatMap(({ weight }) => weight ?? []);
  const weight = weights.length > 0 ? weights.reduce((sum, one) => sum + one, 0) : null;
  return { ...problem, places, weight };
}
