// One round of answers as a mesh that says of itself what is missing or may mislead.

import { type DiagnosisInput, toDiagnoses } from './diagnoses.ts';
import { type Mesh, type MeshFacts, toMesh } from './mesh.ts';
import { notScraped } from './not-scraped.ts';

export function toDiagnosedMesh(
  meshFacts: Omit<MeshFacts, 'diagnoses'>,
  more: Pick<
    DiagnosisInput,
    | 'facts'
    | 'survey'
    | 'silence'
    | 'coarseLatency'
    | 'reaches'
    | 'warnings'
    | 'strange'
    | 'renamed'
    | 'guessedOwners'
  >,
): Mesh {
  const { answers, cluster, atSeconds, windowSeconds } = meshFacts;
  const joined = toMesh({ ...meshFacts, diagnoses: [] });
  const picture = joined.picture(false);
  const missing = cluster && answers.inbound && notScraped({ picture, cluster, atSeconds, windowSeconds });
  const diagnoses = toDiagnoses({ ...meshFacts, ...more, picture });
  return {
    ...joined,
    diagnoses: [...diagnoses, ...(missing ? [missing] : []), ...(cluster?.findings ?? [])],
  };
}
