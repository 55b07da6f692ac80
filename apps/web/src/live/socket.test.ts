import type { About } from '@latchwork/shared/about';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Refusal } from './refusal.ts';
import { createLiveSocket, type LiveSocket, PATIENCE_MS } from './socket.ts';
import { TestTimers, TestWire } from './test-wire.ts';

const about: About = {
  version: '1.0.0',
  build: 'a',
  mode: 'demo',
  at: null,
  source: 'http://prometheus',
  tap: { available: true, reason: null },
  latencyTargetMs: 1000,
  successTarget: 0.99,
};

interface Nodes {
  nodes: { id: string }[];
}

let wires: TestWire[];
let timers: TestTimers;
let socket: LiveSocket;

const wire = () => wires.at(-1) as TestWire;

beforeEach(() => {
  wires = [];
  timers = new TestTimers();
  socket = createLiveSocket({
    open: () => {
      const next = new TestWire();
      wires.push(next);
      return next;
    },
    timers,
    random: () => 0,
  });
});

function listener() {
  return { data: vi.fn(), trouble: vi.fn() };
}

describe('createLiveSocket', () => {
  it('subscribes when it opens, and hands each value to its own sink', () => {
    const [graph, top] = [listener(), listener()];
    socket.subscribe('graph', { window: '1m' }, graph);
    socket.subscribe('top', { namespace: 'shop' }, top);
    expect(wire().sent).toEqual([]);
    wire().onopen?.();
    expect(wire().sent).toEqual([
      { type: 'subscribe', id: '1', topic: 'graph', params: { window: '1m' }, changes: true },
      { type: 'subscribe', id: '2', topic: 'top', params: { namespace: 'shop' }, changes: true },
    ]);
    wire().say({ type: 'data', id: '2', value: 'rows', skipped: 3 });
    expect(top.data).toHaveBeenCalledWith('rows', 3);
    expect(graph.data).not.toHaveBeenCalled();
  });

  it('says what is allowed with the trouble of a subscription', () => {
    const sink = listener();
    socket.subscribe('graph', {}, sink);
    wire().onopen?.();
    wire().say({ type: 'trouble', id: '1', message: 'bad window', field: 'window', allowed: '10s to 24h' });
    expect(sink.trouble).toHaveBeenCalledWith('bad window; allowed: 10s to 24h');
  });

  it('reconnects after the connection broke, and subscribes again to what is still wanted', () => {
    socket.subscribe('graph', {}, listener());
    const leave = socket.subscribe('workloads', {}, listener());
    wire().onopen?.();
    leave();
    expect(wire().sent.at(-1)).toEqual({ type: 'unsubscribe', id: '2' });
    wire().onclose?.();
    expect(socket.connection()).toMatchObject({ state: 'lost', retryAtMs: timers.now() + 500 });
    timers.pass(500);
    expect(wires).toHaveLength(2);
    wire().onopen?.();
    expect(socket.connection().state).toBe('open');
    expect(wire().sent).toEqual([{ type: 'subscribe', id: '1', topic: 'graph', params: {}, changes: true }]);
  });

  it('waits longer after each failure, and starts over once a server has spoken', () => {
    for (const waitMs of [500, 1000, 2000]) {
      wire().onclose?.();
      expect((socket.connection().retryAtMs ?? 0) - timers.now()).toBe(waitMs);
      timers.pass(waitMs);
    }
    wire().onopen?.();
    wire().say({ type: 'hello', about });
    wire().onclose?.();
    expect((socket.connection().retryAtMs ?? 0) - timers.now()).toBe(500);
  });

  it('remembers since when it is lost, through all attempts', () => {
    timers.pass(100);
    wire().onclose?.();
    const { sinceMs } = socket.connection();
    for (const waitMs of [500, 1000, 2000]) {
      timers.pass(waitMs);
      wire().onclose?.();
    }
    expect(socket.connection()).toMatchObject({ state: 'lost', sinceMs });
  });

  it('asks after some silence, and gives up when there is no answer', () => {
    wire().onopen?.();
    timers.pass(PATIENCE_MS);
    expect(wire().sent).toEqual([{ type: 'ping' }]);
    wire().say({ type: 'pong' });
    timers.pass(2 * PATIENCE_MS - 1);
    expect(socket.connection().state).toBe('open');
    timers.pass(1);
    expect(wires[0]?.isClosed).toBe(true);
    expect(socket.connection().state).toBe('lost');
  });

  it('gives up a connection that neither opens nor fails', () => {
    timers.pass(2 * PATIENCE_MS);
    expect(socket.connection().state).toBe('lost');
  });

  it('hears nothing of a connection that it has given up', () => {
    const sink = listener();
    socket.subscribe('graph', {}, sink);
    wire().onopen?.();
    const old = wire();
    old.onclose?.();
    old.say({ type: 'data', id: '1', value: 'late' });
    expect(sink.data).not.toHaveBeenCalled();
  });

  it('tries again at once when it is woken', () => {
    wire().onclose?.();
    socket.wake();
    expect(wires).toHaveLength(2);
    socket.wake();
    expect(wires).toHaveLength(2);
  });

  it('makes the next value of a change, and keeps what did not change', () => {
    const sink = listener();
    socket.subscribe('graph', {}, sink);
    wire().onopen?.();
    wire().say({ type: 'data', id: '1', value: { at: 'one', nodes: [{ id: 'a' }, { id: 'b' }] } });
    wire().say({ type: 'change', id: '1', value: { at: 'two', nodes: { gone: ['b'] } } });
    const [[before], [after, skipped]] = sink.data.mock.calls as [[Nodes], [Nodes, number]];
    expect(after).toEqual({ at: 'two', nodes: [{ id: 'a' }] });
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(skipped).toBe(0);
  });

  it('asks for a whole value when a change is of one that it does not have', () => {
    const sink = listener();
    socket.subscribe('graph', {}, sink);
    wire().onopen?.();
    wire().say({ type: 'change', id: '1', value: { at: 'two' } });
    const subscribe = { type: 'subscribe', id: '1', topic: 'graph', params: {}, changes: true };
    expect(wire().sent).toEqual([subscribe, { type: 'unsubscribe', id: '1' }, subscribe]);
    wire().say({ type: 'data', id: '1', value: { at: 'one', nodes: [] } });
    wire().say({ type: 'change', id: '1', value: { nodes: { new: [{ id: 'a' }], at: [5] } } });
    expect(sink.data).toHaveBeenCalledOnce();
    expect(wire().sent.at(-1)).toEqual(subscribe);
  });

  it('survives a word that it does not understand', () => {
    wire().onopen?.();
    wire().onmessage?.({ data: '<html>' });
    wire().onmessage?.({ data: 'null' });
    expect(socket.connection().state).toBe('open');
  });

  it('tells its watchers what the server said of itself', () => {
    const watcher = vi.fn();
    socket.watch(watcher);
    wire().onopen?.();
    watcher.mockClear();
    wire().say({ type: 'hello', about });
    expect(watcher).toHaveBeenCalledOnce();
    expect(socket.about()).toEqual(about);
  });
});

describe('a socket that does not open', () => {
  const refusal = (kind: Refusal['kind']): Refusal => ({ kind, message: kind, remedy: '', reload: false });

  function open(answers: (Refusal | null)[]) {
    const opened: string[] = [];
    const make = (way: string) => () => {
      opened.push(way);
      wires.push(new TestWire());
      return wire();
    };
    const askRefusal = async () => answers.shift() ?? null;
    socket.close();
    socket = createLiveSocket({
      open: make('socket'),
      openEvents: make('events'),
      askRefusal,
      timers,
      random: () => 0,
    });
    return opened;
  }
  async function fail() {
    wire().onclose?.();
    await Promise.resolve();
    await Promise.resolve();
  }

  it('says why, and forgets it when it opens again', async () => {
    open([refusal('session-over')]);
    await fail();
    expect(socket.connection()).toMatchObject({ state: 'lost', refusal: { kind: 'session-over' } });
    socket.wake();
    wire().onopen?.();
    wire().say({ type: 'hello', about });
    expect(socket.connection()).toMatchObject({ state: 'open', refusal: null });
  });

  it('goes another way once it is sure that no WebSocket passes', async () => {
    const opened = open([refusal('no-upgrade'), refusal('no-upgrade')]);
    await fail();
    expect(opened).toEqual(['socket']);
    socket.wake();
    await fail();
    expect(opened).toEqual(['socket', 'socket', 'events']);
  });

  it('asks nothing when a socket ends that has worked', async () => {
    open([refusal('session-over')]);
    wire().onopen?.();
    wire().say({ type: 'hello', about });
    await fail();
    expect(socket.connection().refusal).toBeNull();
  });
});
