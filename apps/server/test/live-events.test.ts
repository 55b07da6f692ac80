import type { ServerMessage } from '@latchwork/shared/live/live';
import { describe, expect, it } from 'vitest';
import { buildTestApp, LOCAL } from './build-test-app.ts';
import { createFakeSource } from './inputs/fake-mesh.ts';

const graph = (id: string, params: object = {}) => ({ type: 'subscribe', id, topic: 'graph', params });

function messagesOf(body: string): ServerMessage[] {
  return body
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => JSON.parse(event.replace(/^data: /, '')) as ServerMessage);
}

describe('live values without a WebSocket', () => {
  it('answers each subscription once with what the socket says, and ends', async () => {
    const app = await buildTestApp({ source: createFakeSource({ rps: 1 }) });
    const answer = await app.inject({
      method: 'POST',
      url: '/api/live/events',
      headers: LOCAL,
      payload: { subscriptions: [graph('a'), graph('b', { window: '7' })], once: true },
    });
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    const [hello, ...rest] = messagesOf(answer.body);
    expect(hello).toEqual({ type: 'hello', about: app.about() });
    expect(rest.find((message) => message.type === 'data')).toMatchObject({
      id: 'a',
      value: { nodes: expect.anything() },
    });
    expect(rest.find((message) => message.type === 'trouble')).toMatchObject({ id: 'b', field: 'window' });
  });

  it('refuses what is no wish with the name of the field', async () => {
    const app = await buildTestApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/live/events',
      headers: LOCAL,
      payload: { subscriptions: [{ type: 'ping' }] },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ field: 'id', error: expect.any(String) });
  });

  it('turns other sites away as the socket does', async () => {
    const app = await buildTestApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/live/events',
      headers: { ...LOCAL, origin: 'https://evil.example' },
      payload: { subscriptions: [] },
    });
    expect(answer.statusCode).toBe(403);
  });
});
