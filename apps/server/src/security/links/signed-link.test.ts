import { describe, expect, it } from 'vitest';
import { readLink, SKEW_SECONDS, signLink } from './signed-link.ts';

const KEY = { id: '2026-11', secret: '0123456789abcdefghijklmnopqrstuv' };
const OTHER = { id: '2026-12', secret: 't'.repeat(32) };
const SCOPE = { namespaces: ['shop', 'backoffice'], view: 'graph' } as const;
const END = 1_800_000_000;
const link = signLink(SCOPE, END, KEY);

describe('readLink(link, keys, nowSeconds)', () => {
  it('has back what was signed, with any of the keys', () => {
    const reading = {
      scope: { namespaces: ['backoffice', 'shop'], view: 'graph' },
      expiresAtSeconds: END,
      linkId: expect.any(String),
    };
    expect(readLink(link, [KEY], END)).toEqual({ ...reading, keyId: '2026-11' });
    expect(readLink(link, [OTHER, KEY], END)).toEqual({ ...reading, keyId: '2026-11' });
  });

  it('opens nothing once its key is gone, or another one has its name', () => {
    expect(readLink(link, [OTHER], END)).toEqual({ fault: 'unknown-key' });
    expect(readLink(link, [], END)).toEqual({ fault: 'unknown-key' });
    expect(readLink(link, [{ ...OTHER, id: KEY.id }], END)).toEqual({ fault: 'bad-signature' });
  });

  it('ends with its time, give or take what two clocks differ by', () => {
    expect(readLink(link, [KEY], END + SKEW_SECONDS)).toMatchObject({ keyId: '2026-11' });
    expect(readLink(link, [KEY], END + SKEW_SECONDS + 1)).toEqual({ fault: 'expired' });
  });

  it('says bad signature, not expired, of what was never signed', () => {
    const forged = signLink(SCOPE, END, { ...KEY, secret: 'guess'.repeat(8) });
    expect(readLink(forged, [KEY], END * 2)).toEqual({ fault: 'bad-signature' });
  });

  it('refuses every change to any character', () => {
    for (let i = 0; i < link.length; i++) {
      const other = link[i] === 'A' ? 'B' : 'A';
      expect(readLink(link.slice(0, i) + other + link.slice(i + 1), [KEY], END)).toHaveProperty('fault');
    }
  });

  it('refuses the payload of one link with the seal of another', () => {
    const [id, , seal] = link.split('.');
    const [, payload] = signLink({ namespaces: [], view: 'graph' }, END, KEY).split('.');
    expect(readLink(`${id}.${payload}.${seal}`, [KEY], END)).toEqual({ fault: 'bad-signature' });
  });

  it.each(['', '.', 'a.b.c', `${link}.x`, `${link} `, link.slice(0, -1), `${link}\n`, 'x'.repeat(20_000)])(
    'calls %j malformed',
    (text) => {
      expect(readLink(text, [KEY], END)).toEqual({ fault: 'malformed' });
    },
  );
});
