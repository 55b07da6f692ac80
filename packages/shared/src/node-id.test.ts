import { describe, expect, it } from 'vitest';
import {
  egressId,
  externalId,
  externalIdentityId,
  externalSpiffeId,
  parseNodeId,
  serviceId,
  unmeshedId,
  workloadId,
} from './node-id.ts';

describe('parseNodeId(id)', () => {
  it('reads back what the makers wrote', () => {
    const web = workloadId('shop', 'deployment', 'web');
    expect(parseNodeId(web)).toEqual({
      type: 'workload',
      namespace: 'shop',
      kind: 'deployment',
      name: 'web',
    });
    expect(parseNodeId(serviceId('shop', 'web'))).toEqual({
      type: 'service',
      namespace: 'shop',
      name: 'web',
    });
    expect(parseNodeId(unmeshedId(web))).toEqual({ type: 'unmeshed', target: web });
    expect(parseNodeId('outside:callers')).toEqual({ type: 'outside' });
  });

  it('says what an external node is', () => {
    for (const address of ['203.0.113.7:443', '[2001:db8::7]:443', 'api.example.org:443', 'unknown'])
      expect(parseNodeId(externalId(address))).toEqual({ type: 'external', what: 'host', address });
    for (const cluster of ['west', null])
      expect(parseNodeId(`external:remote/${cluster ?? '-'}/shop/deployment/api`)).toEqual({
        type: 'external',
        what: 'remote',
        cluster,
        namespace: 'shop',
        kind: 'deployment',
        name: 'api',
      });
    expect(parseNodeId(egressId('shop', 'all'))).toEqual({
      type: 'external',
      what: 'egress',
      namespace: 'shop',
      name: 'all',
    });
    expect(parseNodeId(externalSpiffeId('spiffe://root.example/v1.2/mainframe'))).toEqual({
      type: 'external',
      what: 'identity',
      identity: 'spiffe://root.example/v1.2/mainframe',
      account: null,
      namespace: null,
    });
  });

  it('reads an identity from the right: the account may hold dots, a namespace never does', () => {
    expect(parseNodeId(externalIdentityId('web.v2', 'shop'))).toMatchObject({
      account: 'web.v2',
      namespace: 'shop',
    });
  });

  it('takes nothing else for an id', () => {
    for (const text of ['', 'shop', 'shop/deployment', 'shop//web', 'a/b/c/d', 'external:', 'folded:shop'])
      expect(parseNodeId(text)).toBeNull();
  });
});
