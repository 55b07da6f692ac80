// TCP connections of callers without identity, as the target's proxy counts them: those it let in, and those open now.

import type { Labels } from '../../sources/prometheus/sample.ts';
import { type Verdict, verdictOf } from '../lock/encryption.ts';
import type { Flows } from './flows.ts';

interface Connections {
  readonly target: string;
  readonly port: string;
  readonly verdict: Verdict;
  opensPerSecond: number;
  held: number;
}

export class UnmeshedConnections {
  readonly #windowSeconds: number;
  /** By target, port and what is known of their encryption. */
  readonly #found = new Map<string, Connections>();

  constructor(windowSeconds: number) {
    this.#windowSeconds = windowSeconds;
  }

  /** A row of those that were let in (a rate), or of those that are open (a number). */
  add(target: string, labels: Labels, value: number): void {
    const { tls, client_id: clientId, target_port: port = '', admitted } = labels;
    if (!tls || (tls === 'true' && clientId)) return;
    const verdict = verdictOf(labels, clientId);
    const key = `${target}\n${port}\n${verdict.reason}`;
    const known = this.#found.get(key) ?? { target, port, verdict, opensPerSecond: 0, held: 0 };
    if (admitted === 'held') known.held += value;
    else known.opensPerSecond += value;
    this.#found.set(key, known);
  }

  addTo(flows: Flows): void {
    for (const { target, port, verdict, opensPerSecond, held } of this.#found.values()) {
      const flow = flows.fromUnmeshed(target);
      // At least so many lived in the window; how many of those opened in it are still open is not known.
      flow.connectionLock.add(Math.max(held, opensPerSecond * this.#windowSeconds), verdict);
      flow.markTcp(port);
      flow.addPort(port, 'opensPerSecond', opensPerSecond);
      flow.addPort(port, 'openConnections', held);
      if (held === 0) flow.note('short connections alone: TCP probes of the kubelet look the same');
    }
  }
}
