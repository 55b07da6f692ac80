// The question about how the responses of single workloads ended: only while somebody looks at one, and of those alone.

import { ofOwner, ownersAsked } from '../../../sources/prometheus/questions/owners/owner-matchers.ts';
import { MOST_BY_STATUS, statusesQuery } from '../../../sources/prometheus/questions/statuses.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

export const STATUS_QUESTION: Question = {
  ...{ part: 'responseStatuses', tier: 'traffic', isOfNoWorkload: true },
  reach: (wanted) => ownersAsked(wanted, MOST_BY_STATUS),
  text: statusesQuery,
};

/** Of an edge it is known already. */
export function statusWants(where: string): Wants {
  return ofOwner(where) === null ? {} : { responseStatuses: [where] };
}
