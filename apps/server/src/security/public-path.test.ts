// Paths in front of paths.

import { describe, expect, it } from 'vitest';
import { publicPath } from './public-path.ts';

describe('publicPath(forwardedPrefix, basePath)', () => {
  it('is the base path when no proxy took anything off', () => {
    expect(publicPath(undefined, '')).toBe('');
    expect(publicPath('', '/mesh')).toBe('/mesh');
    expect(publicPath('/', '/mesh')).toBe('/mesh');
  });

  it('begins with what the proxy took off, the outermost one', () => {
    expect(publicPath('/latchwork', '')).toBe('/latchwork');
    expect(publicPath('/tools/latchwork/', '')).toBe('/tools/latchwork');
    expect(publicPath('/outer, /inner', '')).toBe('/outer');
    expect(publicPath('/tools', '/mesh')).toBe('/tools/mesh');
  });

  it('does not double a path that the proxy names and leaves on', () => {
    expect(publicPath('/mesh', '/mesh')).toBe('/mesh');
    expect(publicPath('/tools/mesh', '/mesh')).toBe('/tools/mesh');
  });

  it.each(['//evil.example.com', 'https://evil.example.com', '/a"b', '/a b', '/../a', '/./a', 'a', '/a//b'])(
    'does not believe %s',
    (header) => {
      expect(publicPath(header, '/mesh')).toBe('/mesh');
    },
  );

  it('has read what is nothing but slashes before anybody notices', () => {
    const started = performance.now();
    expect(publicPath(`${'/'.repeat(100_000)}x`, '/mesh')).toBe('/mesh');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
