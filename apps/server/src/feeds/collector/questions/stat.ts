// The questions of tables by kind: pods (of which workloads and namespaces are made), Services, policy. Three for each, of
// the whole mesh, and only while somebody looks at them.

import type { StatKind } from '@latchwork/shared/stat';
import type { Reach } from '../../../sources/prometheus/questions/ask-scope.ts';
import {
  podCountsQuery,
  podLatencyQuery,
  podResponsesQuery,
} from '../../../sources/prometheus/questions/owners/pods.ts';
import { MOST } from '../../../sources/prometheus/questions/plausible.ts';
import {
  policyDecisionsQuery,
  policyLatencyQuery,
  policyResponsesQuery,
} from '../../../sources/prometheus/questions/policy/policies.ts';
import {
  serviceCountsQuery,
  serviceLatencyQuery,
  serviceResponsesQuery,
} from '../../../sources/prometheus/questions/services.ts';
import type { Wants } from '../../wants.ts';
import type { Question } from './question.ts';

function reach(wanted: readonly string[]): Reach {
  return wanted.length > 0 ? 'all' : [];
}

const TRAFFIC = { tier: 'traffic', reach } as const;

const PODS: readonly Question[] = [
  { part: 'podResponses', ...TRAFFIC, text: podResponsesQuery },
  { part: 'podCounts', ...TRAFFIC, text: podCountsQuery, most: MOST.bytes },
  { part: 'podLatency', ...TRAFFIC, text: podLatencyQuery, isHistogram: true },
];
const OF_SERVICES = { ...TRAFFIC, isOfNoWorkload: true } as const;
const SERVICES: readonly Question[] = [
  { part: 'serviceResponses', ...OF_SERVICES, text: serviceResponsesQuery },
  { part: 'serviceCounts', ...OF_SERVICES, text: serviceCountsQuery, most: MOST.bytes },
  { part: 'serviceLatency', ...OF_SERVICES, text: serviceLatencyQuery, isHistogram: true },
];
const POLICIES: readonly Question[] = [
  { part: 'policyResponses', ...TRAFFIC, text: policyResponsesQuery },
  { part: 'policyDecisions', ...TRAFFIC, text: policyDecisionsQuery },
  { part: 'policyLatency', ...TRAFFIC, text: policyLatencyQuery, isHistogram: true },
];

export const STAT_QUESTIONS: readonly Question[] = [...PODS, ...SERVICES, ...POLICIES];

/** Any wish is a wish for all. */
function all(questions: readonly Question[]): Wants {
  return Object.fromEntries(questions.map(({ part }) => [part, ['*']]));
}

export const POLICY_WANTS = all(POLICIES);

export function statWants(kind: StatKind): Wants {
  switch (kind) {
    case 'workload':
    case 'namespace':
    case 'pod':
      return all(PODS);
    case 'service':
      return all(SERVICES);
    default:
      return POLICY_WANTS;
  }
}
