import { describe, expect, it } from 'vitest';
import { clientText } from './policy-words.ts';

describe('clientText(client)', () => {
  it.each([
    ['front.shop.serviceaccount.identity.linkerd.cluster.local', 'front.shop'],
    ['front.v2.shop.serviceaccount.identity.linkerd.cluster.local', 'front.v2.shop'],
    ['spiffe://root.example/vm', 'spiffe://root.example/vm'],
    [null, 'without identity'],
  ])('of %s is %s', (identity, text) => {
    expect(clientText({ identity })).toBe(text);
  });
});
