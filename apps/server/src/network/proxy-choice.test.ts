import { describe, expect, it } from 'vitest';
import { chooseProxy, type Environment } from './proxy-choice.ts';
import { proxyName } from './proxy-url.ts';

const PROXY = { HTTP_PROXY: 'http://plain.corp:3128', HTTPS_PROXY: 'http://me:pass%40@tls.corp:3129' };

function chosen(target: string, environment: Environment, knowsAllProxy = false): string | null {
  const proxy = chooseProxy(target, environment, { knowsAllProxy });
  return proxy && proxyName(proxy);
}

describe('chooseProxy(target, environment)', () => {
  it.each([
    ['http://store.example:9090', PROXY, 'http://plain.corp:3128 (HTTP_PROXY)'],
    ['https://store.example', PROXY, 'http://tls.corp:3129 (HTTPS_PROXY)'],
    ['https://store.example', { https_proxy: 'tls.corp:1' }, 'http://tls.corp:1 (https_proxy)'],
    [
      'https://store.example',
      { HTTPS_PROXY: '', https_proxy: 'tls.corp:1' },
      'http://tls.corp:1 (https_proxy)',
    ],
    ['https://store.example', { HTTPS_PROXY: 'https://tls.corp' }, 'https://tls.corp (HTTPS_PROXY)'],
    ['https://store.example', { HTTPS_PROXY: 'socks5://jump:1080' }, 'socks5://jump:1080 (HTTPS_PROXY)'],
    ['https://store.example', { HTTP_PROXY: 'http://plain.corp:3128' }, null],
    ['https://store.example', {}, null],
    ['http://127.0.0.1:9090', PROXY, null],
    ['http://127.8.0.1:9090', PROXY, null],
    ['http://[::1]:9090', PROXY, null],
    ['http://localhost:9090', PROXY, null],
  ])('of %s with %j is %j', (target, environment, proxy) => {
    expect(chosen(target, environment)).toBe(proxy);
  });

  it.each([
    ['*', 'https://store.example', true],
    ['store.example', 'https://store.example', true],
    ['STORE.example', 'https://store.EXAMPLE', true],
    ['example', 'https://store.example', true],
    ['ample', 'https://store.example', false],
    ['.example', 'https://store.example', true],
    ['.store.example', 'https://store.example', false],
    ['*.example', 'https://store.example', true],
    ['a, store.example ,b', 'https://store.example', true],
    ['a store.example', 'https://store.example', true],
    ['store.example:443', 'https://store.example', true],
    ['store.example:8443', 'https://store.example', false],
    ['store.example:8443', 'https://store.example:8443', true],
    ['10.0.0.0/8', 'https://10.96.0.1:6443', true],
    ['10.0.0.0/16', 'https://10.96.0.1:6443', false],
    ['10.0.0.0/8', 'https://ten.example', false],
    ['10.96.0.1', 'https://10.96.0.1:6443', true],
    ['10.96.0.1:443', 'https://10.96.0.1:6443', false],
    ['10.96.0', 'https://10.96.0.1:6443', false],
    ['fd00::/8', 'https://[fd12::1]:6443', true],
    ['fd12::1', 'https://[fd12::1]:6443', true],
    ['[fd12::1]:6443', 'https://[fd12::1]:6443', true],
    ['fd12::2', 'https://[fd12::1]:6443', false],
    ['', 'https://store.example', false],
    ['10.0.0.0/99', 'https://10.96.0.1', false],
  ])('NO_PROXY=%s leaves %s out: %s', (list, target, isLeftOut) => {
    for (const name of ['NO_PROXY', 'no_proxy'])
      expect(chosen(target, { ...PROXY, [name]: list }) === null).toBe(isLeftOut);
  });

  it('takes ALL_PROXY only where curl is the measure, and after the others', () => {
    const all = { ALL_PROXY: 'socks5h://jump:1080' };
    expect(chosen('https://store.example', all)).toBeNull();
    expect(chosen('https://store.example', all, true)).toBe('socks5h://jump:1080 (ALL_PROXY)');
    expect(chosen('https://store.example', { ...all, ...PROXY }, true)).toContain('HTTPS_PROXY');
  });

  it('says which variable names no proxy', () => {
    for (const wrong of ['ftp://x', 'http://', 'socks4://x'])
      expect(() => chosen('https://store.example', { https_proxy: wrong })).toThrow(
        /^https_proxy names no proxy/,
      );
  });
});
