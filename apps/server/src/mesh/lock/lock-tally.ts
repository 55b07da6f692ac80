// An edge's lock, added up from its series: a share of requests or connections, never the first sample (truth rule 2).

import type { Lock, LockState } from '@latchwork/shared/lock';
import type { Verdict } from './encryption.ts';

/** There are three of these for each edge, most of them empty: what they are made of is made when needed. */
export class LockTally {
  total = 0;
  secured = 0;
  #opaque = 0;
  #unknown = 0;
  #reasons: Map<string, number> | null = null;
  #serverIds: Set<string> | null = null;
  #openPorts: Set<string> | null = null;

  /** `port`: the target's; empty when the series does not say. */
  add(amount: number, { encryption, reason }: Verdict, serverId = '', port = ''): void {
    this.total += amount;
    if (serverId) {
      this.#serverIds ??= new Set();
      this.#serverIds.add(serverId);
    }
    if (encryption === 'secured') {
      this.secured += amount;
      return;
    }
    this.#openPorts ??= new Set();
    this.#openPorts.add(port);
    if (encryption === 'opaque') this.#opaque += amount;
    if (encryption === 'unknown') this.#unknown += amount;
    this.#reasons ??= new Map();
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + amount);
  }

  /** Ports that carried what is not secured; null when nothing did, or some series does not say. */
  get openPorts(): number[] | null {
    if (!this.#openPorts || this.#openPorts.has('')) return null;
    return [...this.#openPorts].map(Number).sort((a, b) => a - b);
  }

  /** 0 to 1; null when nothing was seen, or no series says anything about TLS. */
  get securedShare(): number | null {
    return this.total === 0 || this.#unknown === this.total ? null : this.secured / this.total;
  }

  get state(): LockState {
    if (this.securedShare === null) return 'unknown';
    if (!this.#reasons) return 'secured';
    if (this.secured > 0) return 'mixed';
    return this.#opaque === this.total ? 'opaque' : 'plaintext';
  }

  toLock(clientIds: readonly string[]): Lock {
    const { total } = this;
    const reasons = [...(this.#reasons ?? [])]
      .map(([reason, amount]) => ({ reason, share: Math.min(1, amount / total) }))
      .sort((a, b) => b.share - a.share || (a.reason < b.reason ? -1 : 1));
    return {
      state: this.state,
      securedShare: this.securedShare,
      reasons: this.securedShare === null ? [] : reasons,
      clientIds: [...clientIds].sort(),
      serverIds: [...(this.#serverIds ?? [])].sort(),
    };
  }
}
