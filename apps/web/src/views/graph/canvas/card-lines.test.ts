import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { PROXY_BOUNDS_MS } from '../../../format/latency.ts';
import { STEADY } from '../test-data/steady.ts';
import { cardLines } from './card-lines.ts';

const targets = { successTarget: 0.99, latencyTargetMs: 1000, bounds: PROXY_BOUNDS_MS };

function text(id: string, folded: string[] = [], calls = true): string[] {
  const card = toScene(STEADY, { folded: new Set(folded) }).cards.find((one) => one.id === id);
  if (!card) throw new Error(`no card: ${id}`);
  return cardLines(card, targets, calls).map((line) =>
    line.map((span) => `${span.apart ? ' | ' : ''}${span.text}`).join(''),
  );
}

describe('cardLines(card, targets, calls)', () => {
  it('is the rate, then the latency while all is well', () => {
    expect(text('storefront/deployment/cart')).toEqual(['1.74/s | 16 ms']);
  });

  it('is the rate, then the success below target', () => {
    expect(text('storefront/deployment/reviews')).toEqual(['6.54/s | 94.2 %']);
  });

  it('marks a latency above its target', () => {
    const search = toScene(STEADY).cards.find(({ id }) => id === 'storefront/deployment/search');
    expect(search && cardLines(search, targets, true)[0]?.at(-1)).toEqual({
      text: '1.6 s',
      ink: 'warn',
      apart: true,
    });
  });

  it('counts connections and bytes where there are no requests', () => {
    expect(text('fulfilment/statefulset/ledger')[0]).toMatch(/^4 conns \| [\d.]+ k?B\/s$/);
  });

  it('says what kind of quiet a card is', () => {
    expect(text('backoffice/daemonset/agent')).toEqual(['calls out only']);
    expect(text('backoffice/daemonset/agent', [], false)).toEqual(['no traffic in']);
    expect(text('storefront/service/recommender')).toEqual(['no endpoints']);
    expect(text('legacy/deployment/erp')[0]).toMatch(/\/s \| no proxy$/);
  });

  it('does not count what an EgressNetwork denied as a host', () => {
    expect(text('external')[0]).toMatch(/\/s to 2 hosts$/);
  });

  it('adds a folded namespace up, and counts its workloads', () => {
    const [facts, workloads] = text('folded:fulfilment', ['fulfilment']);
    expect(facts).toMatch(/^\d+\.\d+\/s in/);
    expect(workloads).toBe('6 workloads');
  });
});
