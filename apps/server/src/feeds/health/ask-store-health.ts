// Asks the store about the mesh's health: two questions, and what they answered as facts. A store that does not answer is told, not thrown.

import {
  type HealthFacts,
  type SeenProxy,
  toHealthFacts,
  toSeenProxies,
} from '../../mesh/health/store-health.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { healthQuery, proxiesQuery } from '../../sources/prometheus/questions/health.ts';
import { SourceError } from '../../sources/source-error.ts';
import { known, type Told, type Untold } from '../../sources/told.ts';

export interface StoreHealth {
  readonly proxies: Told<readonly SeenProxy[]>;
  readonly facts: Told<HealthFacts>;
  readonly tookMs: number | null;
}

export async function askStoreHealth(
  client: Pick<PrometheusClient, 'query'>,
  matchers: readonly string[],
  options: { readonly atSeconds: number; readonly signal: AbortSignal },
): Promise<StoreHealth> {
  let tookMs: number | null = null;
  const ask = async <T>(
    text: string,
    keep: (samples: Awaited<ReturnType<PrometheusClient['query']>>) => T,
  ) => {
    try {
      const samples = await client.query(text, {
        tier: 'health',
        ...options,
        onTook: (seconds) => {
          tookMs = seconds * 1000;
        },
      });
      return known(keep(samples));
    } catch (error) {
      const { aborted, reason } = options.signal;
      return toUntold(aborted ? reason : error);
    }
  };
  const [facts, proxies] = await Promise.all([
    ask(healthQuery(matchers), toHealthFacts),
    ask(proxiesQuery(matchers), toSeenProxies),
  ]);
  return { facts, proxies, tookMs };
}

/** Anything else than a source that does not answer is a mistake of ours. */
export function toUntold(error: unknown): Untold {
  if (!(error instanceof SourceError)) throw error;
  return {
    state: 'untold',
    why: error.message,
    remedy: error.remedy ?? 'ask again later',
    right: null,
    ...(error.kind === 'refused' ? { isRefused: true } : {}),
  };
}
