import { describe, expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import { toScene } from '../scene/scene.ts';
import { spokenCard, spokenLink } from './spoken.ts';

const JUDGE = { successTarget: 0.99 };
const scene = toScene(recordedGraph());
const cards = new Map(scene.cards.map((card) => [card.id, card]));

function card(id: string): string {
  const found = scene.cards.find((one) => one.id === id);
  return found ? spokenCard(found, JUDGE) : '';
}

function link(source: string, target: string): string {
  const found = scene.links.find((one) => one.source.endsWith(source) && one.target.endsWith(target));
  return found ? spokenLink(found, cards, JUDGE) : '';
}

describe('spokenCard(card)', () => {
  it('says name, kind, namespace, rate and success in full words', () => {
    expect(card('storefront/deployment/web')).toBe(
      'web, Deployment in storefront, 14.0 requests a second, 99.57 percent success',
    );
  });

  it('says what a card without numbers is', () => {
    expect(card('storefront/service/recommender')).toBe('recommender, Service in storefront, no endpoints');
    expect(card('unmeshed')).toMatch(/^Callers without a proxy, 16\.4 requests a second/);
    expect(card('legacy/deployment/erp')).toContain('no proxy');
  });
});

describe('spokenCard(card) with Kubernetes', () => {
  it('counts the pods with a proxy', () => {
    const found = scene.cards.find(({ id }) => id === 'storefront/deployment/web');
    const node = found?.nodes[0];
    if (!found || node?.type !== 'workload') throw new Error('no card of web');
    const counted = (meshed: number, running: number) =>
      spokenCard({ ...found, nodes: [{ ...node, pods: { meshed, running, failed: 0 } }] }, JUDGE);
    expect(counted(1, 2)).toMatch(/success, 1 of 2 pods meshed$/);
    expect(counted(0, 0)).not.toContain('pods');
  });
});

describe('spokenLink(link, cards)', () => {
  it('says its lock in words', () => {
    expect(link('storefront/deployment/web', 'cart')).toMatch(
      /^web to cart in storefront, 4\.00 requests.*, 44 percent secured$/,
    );
    expect(link('gateway', 'storefront/deployment/web')).toMatch(/, secured$/);
    expect(link('orders', 'erp')).toMatch(/, not secured, plaintext$/);
  });

  it('says the namespaces of both ends where they differ', () => {
    expect(link('backoffice/deployment/web', 'orders')).toMatch(
      /^web in backoffice to orders in fulfilment, /,
    );
  });

  it('says what was refused and what never arrived', () => {
    expect(link('report', 'orders')).toContain('0.94 a second refused by policy');
    expect(link('web', 'recommender')).toContain('0.10 a second never reached an endpoint');
  });
});
