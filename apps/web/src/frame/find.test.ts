import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { find, toFindables } from './find.ts';

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
const identity = (name: string) => `${name}.shop.serviceaccount.identity.linkerd.cluster.local`;
const edge: Edge = {
  source: 'shop/deployment/web',
  target: 'shop/deployment/catalog',
  http: null,
  tcp: null,
  lock: {
    state: 'secured',
    securedShare: 1,
    reasons: [],
    clientIds: [identity('web')],
    serverIds: [identity('catalog')],
  },
  refused: null,
  refusedShare: null,
  unreached: null,
  notes: [],
};
const findables = toFindables({
  nodes: [
    workload('shop', 'web'),
    workload('shop', 'catalog'),
    workload('shop', 'catalog-canary'),
    workload('bank', 'web'),
    { type: 'external', id: 'external:10.0.0.1:443', what: 'host', name: 'api.example.org' },
    { type: 'unmeshed', id: 'unmeshed:shop/deployment/web', target: 'shop/deployment/web' },
  ],
  edges: [edge],
  namespaces: ['bank', 'shop'],
});
const names = (query: string) => find(findables, query).map(({ name, note }) => `${name} (${note})`);

describe('find(findables, query)', () => {
  it('tells two workloads of one name apart', () => {
    expect(names('web')).toEqual([
      'web (Deployment in shop)',
      'web (Deployment in bank)',
      'web.shop (identity of web)',
    ]);
  });

  it('puts the name itself before what only begins with it', () => {
    expect(names('catalog')[0]).toBe('catalog (Deployment in shop)');
  });

  it('takes several words, each of which must fit', () => {
    expect(names('web bank')).toEqual(['web (Deployment in bank)']);
    expect(names('web nowhere')).toEqual([]);
  });

  it('finds namespaces, hosts by their names, and parts of names', () => {
    expect(names('shop')[0]).toBe('shop (namespace)');
    expect(names('example')).toEqual(['api.example.org (outside the mesh)']);
    expect(names('canary')).toEqual(['catalog-canary (Deployment in shop)']);
  });

  it('leads from an identity to the workload that has it', () => {
    expect(find(findables, 'catalog.shop')[0]).toMatchObject({
      what: 'identity',
      nodeId: 'shop/deployment/catalog',
    });
  });

  it('offers peers when nothing was typed', () => {
    expect(find(findables, ' ').every(({ what }) => what === 'peer')).toBe(true);
  });
});
