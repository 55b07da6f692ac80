import { describe, expect, it } from 'vitest';
import { verdictOf } from './encryption.ts';
import { LockTally } from './lock-tally.ts';

const WEB = 'web.shop.serviceaccount.identity.linkerd.cluster.local';

describe('verdictOf(labels, peerId): truth rule 1', () => {
  it('is secured only with tls="true" and the identity of the other side', () => {
    expect(verdictOf({ tls: 'true' }, WEB)).toEqual({ encryption: 'secured', reason: '' });
    expect(verdictOf({ tls: 'true' }, '')).toEqual({ encryption: 'opaque', reason: 'no_client_identity' });
    expect(verdictOf({ tls: 'true' }, undefined).encryption).toBe('opaque');
    expect(verdictOf({ tls: 'no_identity' }, WEB).encryption).toBe('plaintext');
  });

  it("calls the application's own TLS opaque", () => {
    expect(verdictOf({ tls: 'opaque' }, undefined)).toEqual({ encryption: 'opaque', reason: 'opaque' });
  });

  it('is not secured whatever the reason, of any version', () => {
    for (const reason of [
      'no_tls_from_remote',
      'port_skipped',
      'not_provided_by_service_discovery',
      'not_provided_by_remote',
      'ingress_non_http',
      'something_new',
    ])
      expect(verdictOf({ tls: 'no_identity', no_tls_reason: reason }, WEB)).toEqual({
        encryption: 'plaintext',
        reason,
      });
    expect(verdictOf({ tls: 'disabled' }, undefined)).toEqual({
      encryption: 'plaintext',
      reason: 'disabled',
    });
  });

  it('is unknown, not plaintext by accident, without a tls label', () => {
    expect(verdictOf({}, undefined)).toEqual({ encryption: 'unknown', reason: 'tls_label_missing' });
    expect(verdictOf({ tls: '' }, WEB).encryption).toBe('unknown');
  });
});

describe('LockTally: truth rule 2', () => {
  function tally(...parts: readonly (readonly [number, Record<string, string>, string?])[]) {
    const lock = new LockTally();
    for (const [amount, labels, id] of parts) lock.add(amount, verdictOf(labels, id), id);
    return lock.toLock([]);
  }
  const secured = { tls: 'true' };
  const plain = { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' };

  it('is a share, whichever sample came first', () => {
    const one = tally([3, secured, WEB], [1, plain]);
    expect(one).toEqual(tally([1, plain], [3, secured, WEB]));
    expect(one).toMatchObject({ state: 'mixed', securedShare: 0.75, serverIds: [WEB] });
  });

  it('gives every reason its share, which add up to the rest, the largest first', () => {
    const { reasons } = tally([5, secured, WEB], [1, { tls: 'opaque' }], [4, plain]);
    expect(reasons).toEqual([
      { reason: 'not_provided_by_service_discovery', share: 0.4 },
      { reason: 'opaque', share: 0.1 },
    ]);
  });

  it('is secured, plaintext or opaque when all of it is', () => {
    expect(tally([2, secured, WEB])).toMatchObject({ state: 'secured', securedShare: 1, reasons: [] });
    expect(tally([2, plain])).toMatchObject({ state: 'plaintext', securedShare: 0 });
    expect(tally([2, { tls: 'opaque' }], [1, secured, ''])).toMatchObject({
      state: 'opaque',
      securedShare: 0,
    });
    expect(tally([2, { tls: 'opaque' }], [1, plain])).toMatchObject({ state: 'plaintext', securedShare: 0 });
  });

  it('is unknown when nothing reached the target, or nothing says', () => {
    expect(tally()).toMatchObject({ state: 'unknown', securedShare: null, reasons: [] });
    expect(tally([2, {}])).toMatchObject({ state: 'unknown', securedShare: null });
  });

  it('never claims what was not said: an unlabelled part counts as not secured', () => {
    expect(tally([1, secured, WEB], [1, {}])).toMatchObject({
      state: 'mixed',
      securedShare: 0.5,
      reasons: [{ reason: 'tls_label_missing', share: 0.5 }],
    });
  });
});
