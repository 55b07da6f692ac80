import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { Live } from './live.svelte.ts';
import { createLiveSocket } from './socket.ts';
import { TestTimers, TestWire } from './test-wire.ts';

let wire: TestWire;
let timers: TestTimers;
let live: Live;

beforeEach(() => {
  timers = new TestTimers();
  wire = new TestWire();
  live = new Live(createLiveSocket({ open: () => wire, timers, random: () => 0 }), timers, () =>
    Promise.reject(new Error('not asked here')),
  );
  wire.onopen?.();
});

/** Reads as a component would, until it is stopped. */
function reading<T>(read: () => T) {
  const seen: T[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(read());
    });
  });
  flushSync();
  return { seen, stop };
}

const types = () => wire.sent.map((message) => (message as { type: string }).type);

describe('Topic', () => {
  it('subscribes with its first reader and ends with its last one', async () => {
    const topic = live.topic('graph', { window: '1m' });
    expect(types()).toEqual([]);
    const first = reading(() => topic.current);
    const second = reading(() => topic.current);
    expect(types()).toEqual(['subscribe']);
    first.stop();
    await Promise.resolve();
    expect(types()).toEqual(['subscribe']);
    second.stop();
    await Promise.resolve();
    expect(types()).toEqual(['subscribe', 'unsubscribe']);
  });

  it('is the same for the same parameters, and another for others', () => {
    expect(live.topic('graph', { window: '1m' })).toBe(live.topic('graph', { window: '1m' }));
    expect(live.topic('graph', { window: '5m' })).not.toBe(live.topic('graph', { window: '1m' }));
  });

  it('keeps its value through trouble, and says since when there is trouble', () => {
    const topic = live.topic('graph', {});
    const { seen, stop } = reading(() => [topic.current, topic.trouble, topic.staleSince] as unknown[]);
    wire.say({ type: 'data', id: '1', value: 'first' });
    flushSync();
    timers.pass(3000);
    const sinceMs = timers.now();
    wire.say({ type: 'trouble', id: '1', message: 'prometheus is silent' });
    flushSync();
    timers.pass(3000);
    wire.say({ type: 'trouble', id: '1', message: 'prometheus is still silent' });
    flushSync();
    wire.say({ type: 'data', id: '1', value: 'second' });
    flushSync();
    stop();
    expect(seen).toEqual([
      [undefined, undefined, undefined],
      ['first', undefined, undefined],
      ['first', 'prometheus is silent', sinceMs],
      ['first', 'prometheus is still silent', sinceMs],
      ['second', undefined, undefined],
    ]);
  });

  it('holds its value while the page is paused, and shows the newest when it goes on', () => {
    const topic = live.topic('graph', {});
    const { seen, stop } = reading(() => topic.current as unknown);
    wire.say({ type: 'data', id: '1', value: 'first' });
    flushSync();
    live.togglePause();
    flushSync();
    wire.say({ type: 'data', id: '1', value: 'second' });
    wire.say({ type: 'data', id: '1', value: 'third' });
    flushSync();
    expect(topic.current).toBe('first');
    live.togglePause();
    flushSync();
    stop();
    expect(seen.at(-1)).toBe('third');
    expect(seen).not.toContain('second');
  });

  it('shows a first value even while paused: nothing is held that was never seen', () => {
    live.togglePause();
    const topic = live.topic('graph', {});
    const { seen, stop } = reading(() => topic.current as unknown);
    wire.say({ type: 'data', id: '1', value: 'first' });
    flushSync();
    stop();
    expect(seen).toEqual([undefined, 'first']);
  });
});

describe('Now', () => {
  it('moves once a second while somebody reads it', () => {
    const startMs = timers.now();
    const { seen, stop } = reading(() => live.now.ms);
    timers.pass(2000);
    flushSync();
    stop();
    expect(seen.at(-1)).toBe(startMs + 2000);
  });
});
