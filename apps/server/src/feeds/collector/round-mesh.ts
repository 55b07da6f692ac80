// All that is known after a round as one mesh, and what there is to show without any answer of the store. Pure.

import type { ClusterView } from '../../mesh/cluster/cluster-view.ts';
import { toDiagnosedMesh } from '../../mesh/diagnosed-mesh.ts';
import type { DiagnosisInput } from '../../mesh/diagnoses.ts';
import { type Mesh, type MeshFacts, toMesh } from '../../mesh/mesh.ts';
import { toStoreAway } from '../../mesh/store/store-away.ts';
import type { RoundFacts } from './round-facts.ts';

/** Beside what was known before the questions. */
export type RoundAnswers = Pick<MeshFacts, 'answers' | 'parts' | 'history' | 'podOwners' | 'covered'> &
  Pick<DiagnosisInput, 'survey' | 'silence' | 'reaches' | 'strange' | 'renamed' | 'guessedOwners'>;

export function toRoundMesh(
  { moment, lagSeconds, facts, span, view, elsewhere, scope, warnings }: RoundFacts,
  { survey, silence, reaches, strange, renamed, guessedOwners, ...known }: RoundAnswers,
): Mesh {
  const { intervalSeconds, coarse } = scope;
  return toDiagnosedMesh(
    {
      ...span,
      ...known,
      atSeconds: moment,
      lagSeconds,
      scrapeIntervalSeconds: intervalSeconds,
      cluster: view,
      elsewhere,
    },
    {
      facts,
      survey,
      silence,
      coarseLatency: coarse,
      reaches,
      warnings: [...warnings],
      strange,
      renamed,
      guessedOwners,
    },
  );
}

/** What Kubernetes knows where the store says nothing: who there is, and no numbers. */
export function toUnmeasuredMesh(
  view: ClusterView,
  {
    error,
    ...known
  }: Pick<MeshFacts, 'atSeconds' | 'windowAskedSeconds' | 'parts' | 'history'> & {
    readonly error: unknown;
  },
): Mesh {
  return toMesh({
    ...known,
    lagSeconds: 0,
    windowSeconds: known.windowAskedSeconds,
    scrapeIntervalSeconds: null,
    answers: {},
    cluster: view,
    diagnoses: [toStoreAway(error), ...view.findings],
  });
}
