// What a target's proxy lets through: authorization, routes and rate limits of a listener's policy.

import { shortIdentity } from '@latchwork/shared/identity';
import type { Pod } from '../cluster.ts';
import type { Outcome } from '../exchange.ts';
import type { Policy } from '../scenario/scenario.ts';

interface Bucket {
  tokens: number;
  atMs: number;
}

export class Gate {
  readonly #buckets = new Map<string, Bucket>();

  /** `identity` is null for a caller without mTLS. */
  decide(
    target: Pod,
    identity: string | null,
    ask: string,
    atMs: number,
  ): Extract<Outcome, 'answered' | 'denied' | 'rate-limited' | 'route-not-found'> {
    const policy = target.workload.listener?.policy;
    if (!policy) return 'answered';
    if (policy.type === 'callers')
      return identity && policy.allow.includes(shortIdentity(identity)) ? 'answered' : 'denied';
    if (policy.type === 'routes')
      return policy.routes.some(({ asks }) => asks.includes(ask)) ? 'answered' : 'route-not-found';
    return this.#take(policy, target, identity ?? '', atMs) ? 'answered' : 'rate-limited';
  }

  #take(policy: Policy & { type: 'rate' }, target: Pod, identity: string, atMs: number): boolean {
    const key = `${target.key} ${identity}`;
    const bucket = this.#buckets.get(key) ?? { tokens: policy.perIdentityRps, atMs };
    const refilled = bucket.tokens + (Math.max(0, atMs - bucket.atMs) / 1000) * policy.perIdentityRps;
    bucket.tokens = Math.min(policy.perIdentityRps, refilled);
    bucket.atMs = Math.max(atMs, bucket.atMs);
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens--;
    return true;
  }
}
