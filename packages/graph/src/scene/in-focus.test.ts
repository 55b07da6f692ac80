import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { nodesInFocus, nodesOf } from './in-focus.ts';

const workload = (namespace: string, name: string): Node => ({
  type: 'workload',
  id: `${namespace}/deployment/${name}`,
  namespace,
  kind: 'deployment',
  name,
  golden: null,
  denied: null,
  meshed: true,
});
const NODES: Node[] = [
  workload('shop', 'web'),
  workload('shop', 'cart'),
  workload('external', 'mail'),
  { type: 'unmeshed', id: 'unmeshed:shop/deployment/web', target: 'shop/deployment/web' },
  { type: 'external', id: 'external:a', what: 'host', name: 'a', address: null, port: null } as Node,
  { type: 'external', id: 'external:b', what: 'host', name: 'b', address: null, port: null } as Node,
];
const SHOP = ['shop/deployment/web', 'shop/deployment/cart'];

describe('nodesOf(nodes, id)', () => {
  it('has those of a folded namespace, and no namespace by its bare name', () => {
    expect([...nodesOf(NODES, 'folded:shop')]).toEqual(SHOP);
    expect([...nodesOf(NODES, 'shop')]).toEqual([]);
  });

  it('has all hosts for their card, one for its own id, and no workload of a namespace called as that card', () => {
    expect([...nodesOf(NODES, 'external')]).toEqual(['external:a', 'external:b']);
    expect([...nodesOf(NODES, 'external:b')]).toEqual(['external:b']);
  });
});

describe('nodesInFocus(nodes, focus)', () => {
  it('has those of a namespace, by its name or as its card', () => {
    expect([...nodesInFocus(NODES, 'shop')!]).toEqual(SHOP);
    expect([...nodesInFocus(NODES, 'folded:shop')!]).toEqual(SHOP);
    expect([...nodesInFocus(NODES, 'shop/deployment/web')!]).toEqual(['shop/deployment/web']);
  });

  it('is null where nothing is in focus', () => {
    expect(nodesInFocus(NODES, null)).toBeNull();
  });
});
