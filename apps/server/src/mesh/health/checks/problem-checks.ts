// Checks of what Problems lists: the same lines, the same count.

import { named } from '@latchwork/figures/named';
import { rate } from '@latchwork/figures/rate';
import { edgeEnds } from '@latchwork/shared/edge-id';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import { ofSeries } from '../seen-series.ts';
import { type CheckRule, judged, ok, unknown, type Verdict, warning } from './verdict.ts';

const category = 'mesh';

/** Judges what Problems has of a kind: the same lines, the same count. */
function ofProblems(
  judge: (problems: readonly MeshProblem[], windowSeconds: number) => Verdict,
): CheckRule['judge'] {
  return ofSeries(({ mesh }) =>
    judged(
      mesh,
      ({ problems, windowSeconds, failedParts }) =>
        problems.length === 0 && failedParts.length > 0
          ? unknown({
              why: `not all questions were answered: ${named(failedParts)}`,
              remedy: 'see what the store says of them',
              right: null,
            })
          : judge(problems, windowSeconds),
      () => null,
    ),
  );
}

function fromProblems(
  problems: readonly MeshProblem[],
  { well, what }: { well: string; what: string },
): Verdict {
  const [heaviest] = problems;
  if (!heaviest) return ok(well);
  const weight = problems.reduce((sum, one) => sum + (one.weight ?? 0), 0);
  const shown = rate(weight);
  return warning(
    `${what} ${shown.value}${shown.unit}: ${named(
      problems.flatMap(({ places, where }) =>
        (places.length > 0 ? places.map((place) => place.where) : [where]).map(placeWords),
      ),
      3,
    )}`,
    {
      remedy: heaviest.remedy,
      command: heaviest.command,
      manifest: heaviest.manifest,
      ...(heaviest.causes ? { causes: heaviest.causes } : {}),
    },
  );
}

/** `web → cart`, by namespace and name. */
function placeWords(where: string): string {
  const ends = edgeEnds(where);
  return ends ? `${endWords(ends.source)} → ${endWords(ends.target)}` : endWords(where);
}

function endWords(id: string): string {
  const end = parseNodeId(id);
  if (end?.type === 'unmeshed') return 'without a proxy';
  if (end?.type === 'external') return id.slice('external:'.length);
  return end?.type === 'workload' || end?.type === 'service' ? `${end.namespace}/${end.name}` : id;
}

export const PROBLEM_CHECKS: readonly CheckRule[] = [
  {
    id: 'plaintext-edges',
    category,
    title: 'Calls are encrypted',
    judge: ofProblems((problems) =>
      fromProblems(
        problems.filter(({ kind }) => kind === 'plaintext'),
        { well: 'all of them', what: 'in the clear' },
      ),
    ),
  },
  {
    id: 'denied-requests',
    category,
    title: 'Policy turns nobody away',
    judge: ofProblems((problems) =>
      fromProblems(
        problems.filter(({ kind, code }) => kind === 'refused' && !code.includes('rate-limit')),
        { well: 'nothing is refused', what: 'refused' },
      ),
    ),
  },
  {
    id: 'rate-limits',
    category,
    title: 'Rate limits are not hit',
    judge: ofProblems((problems) =>
      fromProblems(
        problems.filter(({ kind, code }) => kind === 'refused' && code.includes('rate-limit')),
        { well: 'nobody is above one', what: 'turned away above a limit' },
      ),
    ),
  },
];
