// The recent past for sparklines: asked of the store once, and after a gap; kept up by what is measured anyway.

import type { History } from '@latchwork/shared/history';
import type { Part as PartValue } from '@latchwork/shared/parts';
import { type Known, withClusterLabels } from '../../mesh/cluster/cluster-labels.ts';
import { HistoryRing } from '../../mesh/history.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { historyQuery } from '../../sources/prometheus/questions/start-up.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { RoundScope } from './part.ts';
import { Standing } from './standing.ts';

export interface HistoryFill {
  readonly scope: RoundScope;
  readonly intervalSeconds: number | null;
  /** Null without Kubernetes. */
  readonly names: Known | null;
  /** Unix seconds: the last step is the one that began before it. */
  readonly moment: number;
  readonly signal: AbortSignal;
}

export class KeptHistory {
  readonly #client: PrometheusClient;
  /** Unix milliseconds. */
  readonly #now: () => number;
  readonly #standing = new Standing();
  #ring: HistoryRing | null = null;
  #isFilled = false;

  constructor({ client, now }: { readonly client: PrometheusClient; readonly now: () => number }) {
    this.#client = client;
    this.#now = now;
  }

  get standing(): PartValue | null {
    return this.#standing.value;
  }

  /** The store may know of a time in which we did not look. */
  forgetFill(): void {
    this.#isFilled = false;
  }

  /** Never rejects: what it brings is only for sparklines, so that its trouble is its own part's. */
  async fill(fill: HistoryFill): Promise<void> {
    if (this.#isFilled) return;
    const ring = HistoryRing.forInterval(fill.intervalSeconds, this.#ring);
    this.#ring = ring;
    try {
      ring.fill(await this.#askPast(ring, fill));
      this.#isFilled = true;
      this.#standing.fresh(this.#now(), fill.moment);
    } catch (error) {
      if (!fill.signal.aborted) this.#standing.failed(this.#now(), error);
    }
  }

  /** Responses a second of every workload, as each round asks for anyway. */
  record(moment: number, inbound: readonly Sample[], names: Known | null): void {
    this.#ring?.record(moment, names ? inbound.map((one) => withClusterLabels(one, names)) : inbound);
  }

  toHistory(moment: number, intervalSeconds: number | null): History {
    return (this.#ring ?? HistoryRing.forInterval(intervalSeconds, null)).toHistory(moment);
  }

  async #askPast({ stepSeconds, length }: HistoryRing, { scope, names, moment, signal }: HistoryFill) {
    const endSeconds = Math.floor(moment / stepSeconds) * stepSeconds;
    const startSeconds = endSeconds - stepSeconds * (length - 1);
    const range = { tier: 'history', startSeconds, endSeconds, stepSeconds, signal };
    const lines = await this.#client.queryRange(historyQuery(scope), range);
    return names ? lines.map((line) => withClusterLabels(line, names)) : lines;
  }
}
