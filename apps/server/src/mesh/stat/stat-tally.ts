// What is added up of one row of a table by kind: responses, latencies, connections, and what policy decided. Pure.

import type { Golden } from '@latchwork/shared/golden';
import type { Decisions } from '@latchwork/shared/stat';
import type { WorkloadTcp } from '@latchwork/shared/workload';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { Buckets } from '../flows/quantiles.ts';
import { Responses } from '../flows/responses.ts';

const TCP = {
  open: 'openConnections',
  opened: 'opensPerSecond',
  read: 'readBytesPerSecond',
  written: 'writeBytesPerSecond',
} as const;

export class StatTally {
  readonly #responses = new Responses();
  readonly #latency = new Buckets();
  #tcp: WorkloadTcp | null = null;
  /** Requests a second that were turned away. */
  refused = 0;
  readonly decisions: Decisions = {
    ...{ allowed: 0, audited: 0, denied: 0, unmatched: 0, rateLimited: 0 },
    ...{ connectionsAllowed: 0, connectionsDenied: 0 },
  };

  addResponses(labels: Labels, value: number): void {
    this.#responses.add(labels, value);
  }

  addLatency({ le }: Labels, value: number): void {
    this.#latency.add(le, value);
  }

  /** `of` as the questions tell counts apart. */
  addCount({ of = '' }: Labels, value: number): void {
    if (of.startsWith('refused')) this.refused += value;
    const what = TCP[of as keyof typeof TCP];
    if (what === undefined) return;
    this.#tcp ??= {
      ...{ openConnections: null, opensPerSecond: null, readBytesPerSecond: null, writeBytesPerSecond: null },
    };
    this.#tcp[what] = (this.#tcp[what] ?? 0) + value;
  }

  addDecision(labels: Labels, value: number): void {
    const decision = labels['decision'] as keyof Decisions;
    if (!Object.hasOwn(this.decisions, decision)) return;
    this.decisions[decision] += value;
    if (decision === 'allowed' && isAudit(labels)) this.decisions.audited += value;
    if (decision === 'denied' || decision === 'unmatched' || decision === 'rateLimited')
      this.refused += value;
  }

  /** Null when nothing was answered in the window. */
  golden(windowSeconds: number): Golden | null {
    if (this.#responses.rps === 0) return null;
    return { ...this.#responses.summary(windowSeconds), ...this.#latency.quantiles() };
  }

  get tcp(): WorkloadTcp | null {
    return this.#tcp;
  }

  get rps(): number {
    return this.#responses.rps;
  }
}

/** Let through, and would have been denied under a closed policy: by a default, and not by an object that is called so. */
function isAudit({ authz_kind, authz_name, srv_kind, srv_name }: Labels): boolean {
  return isDefaultAudit(authz_kind, authz_name) || isDefaultAudit(srv_kind, srv_name);
}

function isDefaultAudit(kind = '', name = ''): boolean {
  return name === 'audit' && (kind === '' || kind === 'default');
}
