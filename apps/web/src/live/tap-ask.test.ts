import { describe, expect, it } from 'vitest';
import { askParams, askTroubles, NO_ASK, parseTapAsk, tapAskText } from './tap-ask.ts';

const FULL = {
  method: 'POST',
  path: '/carts, 50 %',
  authority: 'cart.shop:8080',
  scheme: 'http',
  to: 'shop/deployment/cart',
  labels: 'tier in (front,back)',
  rps: '20',
};

describe('parseTapAsk(text) and tapAskText(ask)', () => {
  it('bring every filter back as it was', () => {
    expect(parseTapAsk(tapAskText(FULL))).toEqual(FULL);
    expect(tapAskText({ ...NO_ASK, method: 'GET', path: '/a' })).toBe('method:GET,path:/a');
    expect(tapAskText(NO_ASK)).toBe('');
  });

  it('leave out what they do not know', () => {
    expect(parseTapAsk('colour:red,method:GET,nonsense,path:%E0%A4%A')).toEqual({
      ...NO_ASK,
      method: 'GET',
      path: '%E0%A4%A',
    });
  });
});

describe('askParams(ask)', () => {
  it('says to the server what it may leave out', () => {
    expect(askParams({ ...FULL, method: 'post' })).toEqual({
      method: 'POST',
      path: '/carts, 50 %',
      authority: 'cart.shop:8080',
      scheme: 'http',
      toNamespace: 'shop',
      toKind: 'deployment',
      toName: 'cart',
      labelSelector: 'tier in (front,back)',
      maxRps: 20,
    });
    expect(askParams({ ...NO_ASK, to: 'bank' })).toEqual({ toNamespace: 'bank' });
    expect(askParams(NO_ASK)).toEqual({});
  });

  it.each([
    [{ method: 'GET POST' }, 'method'],
    [{ scheme: 'ftp' }, 'scheme'],
    [{ to: 'Shop!' }, 'to'],
    [{ to: 'shop/deployment' }, 'to'],
    [{ to: 'shop/service/cart' }, 'to'],
    [{ rps: '0' }, 'rps'],
    [{ rps: 'many' }, 'rps'],
  ])('leaves out %j, and says what is allowed', (part, field) => {
    const ask = { ...NO_ASK, ...part };
    expect(askParams(ask)).toEqual({});
    expect(Object.keys(askTroubles(ask))).toEqual([field]);
  });
});
