// The past of one route's backends as a topic: asked of the store while somebody has the route open, once for all who do.

import type { RoutePastParams } from '@latchwork/shared/live/live';
import type { RoutePast } from '@latchwork/shared/routes/route-past';
import { BadParam } from '../contract/bad-param.ts';
import { toRoutePast } from '../mesh/routes/route-past.ts';
import type { PrometheusClient } from '../sources/prometheus/client.ts';
import { routePastQuery } from '../sources/prometheus/questions/routes/route-past.ts';
import type { Answer } from './answer.ts';
import { followed } from './health/followed.ts';
import { toSpan } from './scope.ts';

export interface RoutePastOptions {
  readonly client: Pick<PrometheusClient, 'queryRange'>;
  /** Of the cluster that is asked about; null the one that is shown. */
  readonly matchersOf: (cluster: string | null) => readonly string[];
  /** Null: now. */
  readonly defaultAtSeconds: number | null;
  readonly nowMs: () => number;
}

const STEP_SECONDS = 60;
const STEPS = 61;
const PARENT_KINDS: Readonly<Record<string, string>> = { service: 'Service', egressnetwork: 'EgressNetwork' };

export function createRoutePastTopic(
  options: RoutePastOptions,
): (params: RoutePastParams) => Answer<RoutePast> {
  const { client, matchersOf, defaultAtSeconds, nowMs } = options;
  return ({ parent, kind, namespace, name, ...given }) => {
    const { atSeconds, cluster = null } = toSpan(given);
    const [parentNamespace = '', parentKind = '', parentName = ''] = parent.split('/');
    const asMetrics = PARENT_KINDS[parentKind];
    if (asMetrics === undefined) throw new BadParam('parent', parent, 'a Service or an EgressNetwork');
    const route = {
      parent: { kind: asMetrics, namespace: parentNamespace, name: parentName },
      ...{ kind, namespace, name },
    };
    async function read(): Promise<RoutePast> {
      const moment = atSeconds ?? defaultAtSeconds ?? nowMs() / 1000;
      // Whole minutes: steps stay where they are from one answer to the next.
      const endSeconds = Math.floor(moment / STEP_SECONDS) * STEP_SECONDS;
      const startSeconds = endSeconds - STEP_SECONDS * (STEPS - 1);
      const lines = await client.queryRange(routePastQuery(route, matchersOf(cluster)), {
        ...{ tier: 'history', startSeconds, endSeconds, stepSeconds: STEP_SECONDS },
      });
      return toRoutePast(lines, { startSeconds, stepSeconds: STEP_SECONDS, steps: STEPS });
    }
    return {
      key: JSON.stringify([atSeconds, cluster, parent, kind, namespace, name]),
      read,
      start: followed(read, STEP_SECONDS * 1000),
    };
  };
}
