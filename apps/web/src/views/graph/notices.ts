// What is not as it should be with the numbers of a picture that is there: parts without an answer, and known causes of a
// misleading view. Words only.

import type { Graph } from '@latchwork/shared/graph';
import { clock } from '../../format/clock.ts';
import { sentence } from '../../format/sentence.ts';
import { isOldNews } from './drawer/reading.ts';

export interface GraphNotice {
  tone: 'plain' | 'warn';
  title: string;
  text: string;
}

const PART_WORDS: Record<string, string> = {
  outbound: 'Requests on edges',
  inbound: 'Requests of workloads',
  connections: 'TCP edges',
  open: 'Open connections',
  unreached: 'Calls that never arrived',
  refused: 'What policy refused',
  inboundLatency: 'Latency of workloads',
  outboundLatency: 'Latency of edges',
  pool: 'Locks of connection pools',
  volume: 'Bytes of connections',
};

/** Causes of an empty picture are told where it is empty; fewer buckets show as ranges of latency. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'empty',
  'no-linkerd-metrics',
  'no-traffic',
  'coarse-latency',
]);

/** Empty while the whole picture is old news: then one banner says so for the page. */
export function graphNotices(graph: Graph): GraphNotice[] {
  if (isOldNews(graph)) return [];
  const parts = Object.entries(graph.parts).flatMap(([name, { state, since, message }]): GraphNotice[] => {
    const what = PART_WORDS[name];
    if (what === undefined || state === 'fresh') return [];
    const title = state === 'failed' ? `${what}: no answer.` : `${what}: from ${clock(since)} UTC.`;
    return [{ tone: 'warn', title, text: sentence(message ?? '') }];
  });
  const diagnoses = graph.diagnoses
    .filter(({ code }) => !TOLD_ELSEWHERE.has(code))
    .map(
      ({ message, remedy }): GraphNotice => ({
        tone: 'plain',
        title: sentence(message),
        text: sentence(remedy),
      }),
    );
  return [...parts, ...diagnoses];
}
