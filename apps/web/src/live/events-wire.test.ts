import { describe, expect, it, vi } from 'vitest';
import { openEventsWire } from './events-wire.ts';
import { TestTimers } from './test-wire.ts';

/** A server whose answers stay open until the test ends them. */
function open() {
  const timers = new TestTimers();
  const asked: { body: { subscriptions: unknown[]; once: boolean }; signal: AbortSignal }[] = [];
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const wire = openEventsWire({
    url: new URL('https://mesh.example.com/api/live/events'),
    timers,
    fetchFrom: async (_url, init) => {
      asked.push({ body: JSON.parse(String(init?.body)), signal: init?.signal as AbortSignal });
      return new Response(new ReadableStream({ start: (controller) => void streams.push(controller) }));
    },
  });
  const heard: string[] = [];
  wire.onopen = vi.fn();
  wire.onclose = vi.fn();
  wire.onmessage = ({ data }) => heard.push(String(data));
  const say = (text: string) => streams.at(-1)?.enqueue(new TextEncoder().encode(text));
  return { wire, timers, asked, streams, heard, say };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const subscribe = (id: string) => ({ type: 'subscribe', id, topic: 'graph', params: {} });

describe('openEventsWire', () => {
  it('opens with the first word, asks for all wishes at once, and puts messages together from any pieces', async () => {
    const { wire, timers, asked, heard, say } = open();
    timers.pass(0);
    await settle();
    expect(wire.onopen).not.toHaveBeenCalled();
    say('data: {"type":"he');
    say('llo"}\n\n');
    await settle();
    expect(wire.onopen).toHaveBeenCalledOnce();
    wire.send(JSON.stringify(subscribe('1')));
    wire.send(JSON.stringify(subscribe('2')));
    wire.send(JSON.stringify({ type: 'unsubscribe', id: '1' }));
    timers.pass(100);
    await settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(asked.at(-1)?.body).toEqual({ subscriptions: [subscribe('2')], once: false });
    say('data: {"type":"data","id":"2","value":1}\n\ndata: {"type":"pong"}\n\n');
    await settle();
    expect(heard).toEqual(['{"type":"hello"}', '{"type":"data","id":"2","value":1}', '{"type":"pong"}']);
  });

  it('closes when the answer ends, and says so once', async () => {
    const { wire, timers, streams, say } = open();
    timers.pass(0);
    await settle();
    say('data: {"type":"hello"}\n\n');
    await settle();
    streams[0]?.close();
    await settle();
    wire.close();
    expect(wire.onclose).toHaveBeenCalledOnce();
  });

  it('asks again and again where a proxy holds answers back until they are whole', async () => {
    const { wire, timers, asked, streams, heard, say } = open();
    timers.pass(0);
    await settle();
    timers.pass(5_000);
    await settle();
    expect(asked.map(({ body }) => body.once)).toEqual([false, true]);
    say('data: {"type":"hello"}\n\n');
    await settle();
    streams.at(-1)?.close();
    await settle();
    expect(wire.onclose).not.toHaveBeenCalled();
    timers.pass(5_000);
    await settle();
    expect(asked).toHaveLength(3);
    expect(heard).toEqual(['{"type":"hello"}']);
    wire.close();
  });
});
