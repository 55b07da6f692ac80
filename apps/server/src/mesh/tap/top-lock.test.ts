import { describe, expect, it } from 'vitest';
import { tappedVerdict } from './top-lock.ts';

function verdict(direction: 'inbound' | 'outbound', source: object, destination: object) {
  return tappedVerdict({
    direction,
    source: { labels: source },
    destination: { labels: destination },
  } as never);
}

describe('tappedVerdict(request)', () => {
  it('needs an identity as well as TLS (truth rule 1)', () => {
    const loopback = { tls: 'loopback' };
    expect(verdict('outbound', loopback, { tls: 'true', server_id: 'cart' }).encryption).toBe('secured');
    expect(verdict('inbound', { tls: 'true', client_id: 'web' }, loopback).encryption).toBe('secured');
    expect(verdict('inbound', { tls: 'true', client_id: '' }, loopback)).toEqual({
      encryption: 'opaque',
      reason: 'no_client_identity',
    });
    expect(verdict('outbound', loopback, { tls: 'true' }).encryption).toBe('opaque');
  });

  it('never reads the loopback side', () => {
    expect(verdict('inbound', { tls: 'no_tls_from_remote' }, { tls: 'true', server_id: 'x' })).toEqual({
      encryption: 'plaintext',
      reason: 'no_tls_from_remote',
    });
  });

  it('calls passed-through TLS opaque, and a missing label unknown', () => {
    expect(verdict('inbound', { tls: 'passthru', sni: 'x' }, {}).encryption).toBe('opaque');
    expect(verdict('outbound', { tls: 'loopback' }, {}).encryption).toBe('unknown');
  });
});
