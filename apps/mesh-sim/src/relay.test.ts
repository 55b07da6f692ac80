// Each way in which a relay can let its clients down.

import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from './listening.ts';
import { createRelay, type Relay } from './relay.ts';

const ANSWER = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: ['a', 'b'] } });

let upstream: Listening;
let relay: Relay;
let asked: { url: string | undefined; body: string }[] = [];

beforeAll(async () => {
  upstream = await listen(
    async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      asked.push({ url: request.url, body });
      if (request.url === '/stream') response.write('first');
      else response.writeHead(200, { 'content-length': ANSWER.length }).end(ANSWER);
    },
    '127.0.0.1',
    0,
  );
  relay = await createRelay({
    upstream: upstream.url,
    host: '127.0.0.1',
    port: 0,
    empty: (path) => ({ type: 'application/json', body: JSON.stringify({ nothing: path }) }),
  });
});

beforeEach(() => {
  relay.turn('pass');
  asked = [];
});

afterAll(async () => {
  await relay.close();
  await upstream.close();
});

function get(path = '/api/v1/query?query=up', timeoutMs = 5_000): Promise<Response> {
  return fetch(`${relay.url}${path}`, { signal: AbortSignal.timeout(timeoutMs) });
}

describe('createRelay(options)', () => {
  it('passes question and answer on', async () => {
    const answer = await fetch(`${relay.url}/api/v1/query`, { method: 'POST', body: 'query=up' });
    expect(await answer.text()).toBe(ANSWER);
    expect(asked).toEqual([{ url: '/api/v1/query', body: 'query=up' }]);
  });

  it('hangs: no answer, no end', async () => {
    relay.turn('hang');
    await expect(get('/', 150)).rejects.toThrow(/timeout/i);
  });

  it('answers 500', async () => {
    relay.turn('500');
    expect((await get()).status).toBe(500);
  });

  it('answers garbage: a page where JSON was asked for', async () => {
    relay.turn('garbage');
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^<!doctype html>/);
  });

  it('breaks off in the middle of an answer', async () => {
    relay.turn('half');
    const answer = await get();
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('answers a well-formed nothing', async () => {
    relay.turn('empty');
    expect(await (await get('/x?y=1')).json()).toEqual({ nothing: '/x' });
  });

  it('refuses connections', async () => {
    relay.turn('refuse');
    await expect(get()).rejects.toThrow();
  });

  it('asks nobody while it misbehaves', async () => {
    for (const mode of ['500', 'garbage', 'empty'] as const) {
      relay.turn(mode);
      await get();
    }
    expect(asked).toEqual([]);
  });

  it('cuts a stream that is under way when it begins to misbehave', async () => {
    const answer = await get('/stream');
    const reader = answer.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
    relay.turn('500');
    await expect(reader?.read()).rejects.toThrow();
  });

  it('says that nobody is behind it yet', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const lonely = await createRelay({
      upstream: `http://127.0.0.1:${port}`,
      host: '127.0.0.1',
      port: 0,
      empty: () => ({ type: 'text/plain', body: '' }),
    });
    const answer = await fetch(lonely.url);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain('ECONNREFUSED');
    await lonely.close();
  });
});
