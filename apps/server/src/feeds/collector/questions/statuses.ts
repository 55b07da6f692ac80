// The question about how the responses of single workloads ended: only while somebody looks at one, and of those alone.

import type { Reach } from '../../../sources/prometheus/questions/ask-scope.ts';
import { ofOwner } from '../../../sources/prometheus/questions/owner-matchers.ts';
import { MOST_BY_STATUS, statusesQuery } from '../../../sources/prometheus/questions/statuses.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

function reach(wanted: readonly string[]): Reach {
  return [...new Set(wanted)]
    .filter((id) => ofOwner(id) !== null)
    .sort()
    .slice(0, MOST_BY_STATUS);
}

export const STATUS_QUESTION: Question = {
  ...{ part: 'responseStatuses', tier: 'traffic', reach, isOfNoWorkload: true },
  text: statusesQuery,
};

/** Of an edge it is known already. */
export function statusWants(where: string): Wants {
  return ofOwner(where) === null ? {} : { responseStatuses: [where] };
}
