// What the checks of the mesh's health found, as lines of Problems: what is to be looked at before anything is lost. Pure.

import type { Check } from '@latchwork/shared/health/check';
import type { MeshProblem, Problems } from '@latchwork/shared/problems/problems';
import { byRank } from './grouped.ts';

/** Made of what Problems lists itself, or told there as what is wrong with the store. */
const TOLD_ALREADY: readonly string[] = ['mesh', 'metrics', 'access', 'linkerd-viz-data-plane'];
/** Told of each workload. */
const TOLD_OF_PODS: readonly string[] = ['l5d-data-plane-cli-version', 'l5d-data-plane-prom'];

export function withChecks(value: Problems, checks: readonly Check[]): Problems {
  const found = checks.flatMap(toProblem);
  if (found.length === 0) return value;
  return { ...value, problems: [...value.problems, ...found].sort(byRank) };
}

function toProblem({ id, category, state, finding }: Check): MeshProblem[] {
  if (finding === null || (state !== 'failed' && state !== 'warning')) return [];
  if (TOLD_ALREADY.includes(category) || TOLD_OF_PODS.includes(id)) return [];
  const { where, what } = finding;
  return [
    {
      ...finding,
      what: what.charAt(0).toUpperCase() + what.slice(1),
      weight: null,
      affected: null,
      kind: 'look',
      partly: false,
      places: [{ where, weight: null }],
      callers: [],
      sinceBefore: false,
    },
  ];
}
