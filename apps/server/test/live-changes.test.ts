// What goes over a real socket: compressed where the client agrees, and changes for those who want them.

import type { AddressInfo } from 'node:net';
import type { Graph } from '@latchwork/shared/graph';
import { applyChange } from '@latchwork/shared/live/change';
import type { ServerMessage } from '@latchwork/shared/live/live';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket as Client } from 'ws';
import { buildTestApp } from './build-test-app.ts';
import { createFakeSource, graphOf } from './inputs/fake-mesh.ts';

async function listening() {
  const source = createFakeSource({ rps: 1 });
  const app = await buildTestApp({ source });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return { source, port: (app.server.address() as AddressInfo).port };
}

async function follow(port: number, subscribe: object, perMessageDeflate: boolean) {
  const client = new Client(`ws://127.0.0.1:${port}/api/live`, { perMessageDeflate });
  onTestFinished(() => client.terminate());
  const got: Exclude<ServerMessage, { type: 'hello' }>[] = [];
  client.on('message', (data) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type === 'hello') client.send(JSON.stringify({ type: 'subscribe', id: '1', ...subscribe }));
    else got.push(message);
  });
  await expect.poll(() => got.length).toBe(1);
  return { got, client };
}

describe.each([true, false])('a viewer over a real socket, compressed: %s', (isCompressed) => {
  it('gets a whole value, then changes that make the next one', async () => {
    const { source, port } = await listening();
    const { got, client } = await follow(port, { topic: 'graph', changes: true }, isCompressed);
    expect(client.extensions).toBe(isCompressed ? 'permessage-deflate' : '');
    const whole = graphOf({ rps: 1 }, { namespaces: [] });
    expect(got[0]).toEqual({ type: 'data', id: '1', value: whole });
    source.say({ rps: 7 });
    await expect.poll(() => got.length).toBe(2);
    expect(got[1]).toMatchObject({
      type: 'change',
      id: '1',
      value: { edges: { changed: [{ source: expect.any(String), http: { rps: 7 } }] } },
    });
    const { value } = got[1] as Extract<ServerMessage, { type: 'change' }>;
    expect(applyChange<Graph>('graph', whole, value)).toEqual(graphOf({ rps: 7 }, { namespaces: [] }));
  });

  it('gets whole values when it does not ask for changes', async () => {
    const { source, port } = await listening();
    const { got } = await follow(port, { topic: 'graph' }, isCompressed);
    source.say({ rps: 7 });
    await expect.poll(() => got.length).toBe(2);
    expect(got[1]).toEqual({ type: 'data', id: '1', value: graphOf({ rps: 7 }, { namespaces: [] }) });
  });
});
