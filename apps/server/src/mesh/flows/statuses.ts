// How responses ended, added up by status and code.

import type { ResponseCount } from '@latchwork/shared/asked/responses';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { toCounts } from '../counts.ts';

interface Sum {
  readonly status: string | null;
  readonly grpc: string | null;
  rps: number;
  failedRps: number;
}

export class Statuses {
  readonly #sums = new Map<string, Sum>();

  add({ status_code: status, grpc_status: grpc, classification }: Labels, rps: number): void {
    const key = `${status ?? ''} ${grpc ?? ''}`;
    const sum = this.#sums.get(key) ?? { status: status || null, grpc: grpc || null, rps: 0, failedRps: 0 };
    sum.rps += rps;
    if (classification === 'failure') sum.failedRps += rps;
    this.#sums.set(key, sum);
  }

  /** The most frequent first. */
  counts(windowSeconds: number): ResponseCount[] {
    return [...this.#sums.values()]
      .map(({ status, grpc, rps, failedRps }) => ({
        ...{ status, grpc, rps },
        ...toCounts(rps, rps - failedRps, windowSeconds),
      }))
      .sort((a, b) => b.rps - a.rps || (`${a.status} ${a.grpc}` < `${b.status} ${b.grpc}` ? -1 : 1));
  }
}
