// The latencies of probes and scrapes: only while someone looks at the noise, whose rates then count them.

import { noiseLatencyQuery } from '../../../sources/prometheus/questions/latency.ts';
import type { Question } from './question.ts';

export const noiseLatency: Question = {
  part: 'noiseLatency',
  tier: 'latency',
  text: noiseLatencyQuery,
  reach: (wanted) => (wanted.length > 0 ? 'all' : []),
  isHistogram: true,
};
