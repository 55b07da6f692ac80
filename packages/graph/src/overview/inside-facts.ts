// The worst workloads of a box, each with what is wrong: what a large card of the map lists at its foot.

import type { Counted } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { toneOfSuccess } from '../draw/encode.ts';
import { groupOf } from '../scene/box-of.ts';
import type { Card } from '../scene/card.ts';

/** Below its target with a tone, else how many call it in the clear. */
export interface InsideFact {
  name: string;
  success: { rate: number; tone: 'warn' | 'bad' } | null;
  openCallers: number;
}

/** By card, the worst first: what fails, then what most call in the clear. `of`: these nodes alone. */
export function insideFacts(
  cards: readonly Card[],
  edges: readonly Edge[],
  judge: Judge,
  of: ReadonlySet<string> | null = null,
): Map<string, InsideFact[]> {
  const openCallers = new Map<string, number>();
  const asCalled = new Map<string, { requests: number; failures: number }>();
  for (const { target, lock, http } of edges) {
    if (lock.state === 'plaintext') openCallers.set(target, (openCallers.get(target) ?? 0) + 1);
    if (!http || http.successRate === null) continue;
    const sum = asCalled.get(target) ?? { requests: 0, failures: 0 };
    const { requests, failures } = http;
    asCalled.set(target, { requests: sum.requests + requests, failures: sum.failures + failures });
  }
  return new Map(
    cards.map(({ id, nodes }) => {
      const facts = nodes.flatMap((node): InsideFact[] => {
        if (node.type !== 'workload' || of?.has(node.id) === false) return [];
        const called = asCalled.get(node.id);
        const counted = node.golden ?? (called && called.requests > 0 ? asShare(called) : null);
        const rate = counted?.successRate ?? null;
        const tone = counted === null ? 'none' : toneOfSuccess(counted, judge);
        const success = rate !== null && (tone === 'warn' || tone === 'bad') ? { rate, tone } : null;
        const open = openCallers.get(node.id) ?? 0;
        return success || open > 0
          ? [{ name: groupOf(node)?.name ?? node.name, success, openCallers: open }]
          : [];
      });
      return [id, facts.sort(byWorst)];
    }),
  );
}

function asShare({ requests, failures }: { requests: number; failures: number }): Counted {
  return { requests, failures, successRate: 1 - failures / requests };
}

function byWorst(a: InsideFact, b: InsideFact): number {
  return (
    (a.success?.rate ?? 2) - (b.success?.rate ?? 2) ||
    b.openCallers - a.openCallers ||
    (a.name < b.name ? -1 : 1)
  );
}
