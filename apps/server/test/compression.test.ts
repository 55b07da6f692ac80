import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildTestApp, LOCAL } from './build-test-app.ts';

const DATA = '/api/docs/json';

async function ask(url: string, accept?: string, page = '<!doctype html><html><head></head></html>') {
  const app = await buildTestApp({ page });
  return app.inject({ url, headers: { ...LOCAL, ...(accept ? { 'accept-encoding': accept } : {}) } });
}

describe('answers to who unpacks them', () => {
  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['*', 'br', brotliDecompressSync],
  ])('are packed as %s allows', async (accept, packing, unpack) => {
    const plain = await ask(DATA);
    const packed = await ask(DATA, accept);
    expect(packed.headers['content-encoding']).toBe(packing);
    expect(packed.headers['vary']).toContain('accept-encoding');
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length);
    expect(JSON.parse(String(unpack(packed.rawPayload)))).toEqual(plain.json());
    expect(Number(packed.headers['content-length'])).toBe(packed.rawPayload.length);
  });

  it.each([undefined, 'identity', 'gzip;q=0'])(
    'are plain where %s is accepted, and say that it matters',
    async (accept) => {
      const { headers, json } = await ask(DATA, accept);
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers['vary']).toContain('accept-encoding');
      expect(json().paths).toBeDefined();
    },
  );

  it("are packed when they are the page's own scripts, also from under a frame's path", async () => {
    const script = `export const words = '${'lock '.repeat(1_000)}';`;
    const app = await buildTestApp({ script });
    for (const url of ['/assets/embed.js', '/embed/assets/embed.js']) {
      const get = (headers = {}) => app.inject({ url, headers: { ...LOCAL, ...headers } });
      const plain = await get();
      expect(plain.headers).not.toHaveProperty('content-encoding');
      expect(plain.headers['vary']).toBe('accept-encoding');
      expect(plain.body).toBe(script);
      const [packed, again] = [
        await get({ 'accept-encoding': 'br' }),
        await get({ 'accept-encoding': 'br' }),
      ];
      expect(packed.headers['content-encoding']).toBe('br');
      expect(packed.headers['vary']).toBe('accept-encoding');
      expect(packed.headers['content-type']).toBe('text/javascript; charset=utf-8');
      expect(packed.headers['cache-control']).toContain('immutable');
      expect(packed.rawPayload.length).toBeLessThan(500);
      expect(String(brotliDecompressSync(packed.rawPayload))).toBe(script);
      expect(again.rawPayload).toEqual(packed.rawPayload);
      const head = await app.inject({ method: 'HEAD', url, headers: { ...LOCAL, 'accept-encoding': 'br' } });
      expect(head.headers['content-length']).toBe(String(packed.rawPayload.length));
      expect(head.headers['vary']).toBe('accept-encoding');
      expect(String(gunzipSync((await get({ 'accept-encoding': 'gzip' })).rawPayload))).toBe(script);
    }
  });

  it('are plain when they are short, pages, pictures, or a refusal', async () => {
    const long = `<!doctype html><html><head><title>${'x'.repeat(4_000)}</title></head></html>`;
    for (const url of ['/healthz', '/', '/embed/graph.svg', `/api/graph?window=${'x'.repeat(2_000)}`])
      expect((await ask(url, 'br', long)).headers, url).not.toHaveProperty('content-encoding');
  });
});
