import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { limitsPlugin } from './limits.ts';

const WORK_MS = 2;

it('looks at requests in turns, and at who watches the server before them', async () => {
  const app = Fastify();
  await app.register(limitsPlugin, { basePath: '', nowMs: Date.now });
  let done = 0;
  app.get('/work', async () => {
    const endsMs = performance.now() + WORK_MS;
    while (performance.now() < endsMs);
    done++;
    return 'done';
  });
  app.get('/healthz', async () => 'ok');
  await app.ready();
  const flood = Array.from({ length: 100 }, () => app.inject({ url: '/work' }));
  expect((await app.inject({ url: '/healthz' })).body).toBe('ok');
  expect(done).toBeLessThan(50);
  await Promise.all(flood);
  expect(done).toBe(100);
});
