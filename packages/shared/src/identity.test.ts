import { describe, expect, it } from 'vitest';
import { serviceAccountOf, shortIdentity } from './identity.ts';

const DOTTED = 'a.b.shop.serviceaccount.identity.linkerd.cluster.local';
const SPIFFE = 'spiffe://root.linkerd.cluster.local/vm-1';

describe('serviceAccountOf(identity)', () => {
  it('reads from the right: an account may hold dots', () => {
    expect(serviceAccountOf(DOTTED)).toEqual({ name: 'a.b', namespace: 'shop' });
  });

  it('knows no account in other forms', () => {
    expect(serviceAccountOf(SPIFFE)).toBeNull();
    expect(serviceAccountOf('')).toBeNull();
  });
});

describe('shortIdentity(identity)', () => {
  it.each([
    ['web.storefront.serviceaccount.identity.linkerd.cluster.local', 'web.storefront'],
    [DOTTED, 'a.b.shop'],
  ])('of %s keeps the service account and its namespace', (identity, short) => {
    expect(shortIdentity(identity)).toBe(short);
  });

  it('leaves other forms whole', () => {
    expect(shortIdentity(SPIFFE)).toBe(SPIFFE);
  });
});
