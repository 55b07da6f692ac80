// Which language the store speaks beyond PromQL: asked once, since it is no other store tomorrow.

import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { METRICSQL_QUERY } from '../../../sources/prometheus/questions/sampling.ts';
import { SourceError } from '../../../sources/source-error.ts';

export class Dialect {
  #isMetricsQl: boolean | null = null;

  /** Whether it is MetricsQL; false as long as nobody answers. Never rejects. */
  async isMetricsQl(client: PrometheusClient, atSeconds: number, signal: AbortSignal): Promise<boolean> {
    if (this.#isMetricsQl !== null) return this.#isMetricsQl;
    try {
      const samples = await client.query(METRICSQL_QUERY, { tier: 'start', atSeconds, signal });
      this.#isMetricsQl = samples.length > 0;
    } catch (error) {
      // It answered: it does not know the function.
      if (error instanceof SourceError && (error.status === 400 || error.status === 422))
        this.#isMetricsQl = false;
    }
    return this.#isMetricsQl ?? false;
  }
}
