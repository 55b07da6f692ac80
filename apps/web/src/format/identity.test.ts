import { describe, expect, it } from 'vitest';
import { shortIdentity } from './identity.ts';

describe('shortIdentity(identity)', () => {
  it('keeps the service account and its namespace', () => {
    expect(shortIdentity('web.storefront.serviceaccount.identity.linkerd.cluster.local')).toBe(
      'web.storefront',
    );
  });

  it('leaves other forms whole', () => {
    expect(shortIdentity('spiffe://root.linkerd.cluster.local/vm-1')).toBe(
      'spiffe://root.linkerd.cluster.local/vm-1',
    );
  });
});
