// The questions about the mesh. At most 6 for traffic, 10 with latency, whatever the size of the mesh and the number of
// viewers. Cheapest first: it is the one that a store which was gone is asked alone.

import {
  connectionsQuery,
  openQuery,
  volumeQuery,
} from '../../../sources/prometheus/questions/connections.ts';
import { inboundLatencyQuery } from '../../../sources/prometheus/questions/latency.ts';
import { MOST } from '../../../sources/prometheus/questions/plausible.ts';
import { admittedQuery, refusedQuery } from '../../../sources/prometheus/questions/policy/policy.ts';
import { inboundQuery, outboundQuery } from '../../../sources/prometheus/questions/responses.ts';
import { unreachedQuery } from '../../../sources/prometheus/questions/unreached.ts';
import { CALL_QUESTIONS } from './calls.ts';
import { edgeLatency } from './edge-latency.ts';
import { noiseLatency } from './noise-latency.ts';
import { PAIR_QUESTIONS } from './pod-pairs.ts';
import type { Question } from './question.ts';
import { ROUTE_QUESTIONS } from './routes.ts';
import { STAT_QUESTIONS } from './stat.ts';
import { STATUS_QUESTION } from './statuses.ts';

export const QUESTIONS: readonly Question[] = [
  { part: 'unreached', tier: 'traffic', text: unreachedQuery },
  { part: 'refused', tier: 'traffic', text: refusedQuery },
  { part: 'admitted', tier: 'traffic', text: admittedQuery },
  { part: 'inbound', tier: 'traffic', text: inboundQuery },
  { part: 'outbound', tier: 'traffic', text: outboundQuery },
  { part: 'connections', tier: 'traffic', text: connectionsQuery },
  { part: 'inboundLatency', tier: 'latency', text: inboundLatencyQuery, isHistogram: true },
  noiseLatency,
  edgeLatency,
  { part: 'open', tier: 'latency', text: openQuery, isCore: true },
  { part: 'volume', tier: 'latency', text: volumeQuery, most: MOST.bytes, after: 1 },
  ...ROUTE_QUESTIONS,
  ...CALL_QUESTIONS,
  ...PAIR_QUESTIONS,
  STATUS_QUESTION,
  ...STAT_QUESTIONS,
];
