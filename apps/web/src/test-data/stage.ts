// The whole page against a server of the test's own: what is subscribed is answered with what the test says.

import type { About } from '@latchwork/shared/about';
import type { TopicName, TopicValue } from '@latchwork/shared/live/live';
import { configure, render } from '@testing-library/svelte';
import App from '../App.svelte';
import { Live } from '../live/live.svelte.ts';
import type { Connection, LiveSocket, Sink } from '../live/socket.ts';
import { TestTimers } from '../live/test-wire.ts';
import { PageLocation } from '../location/location.svelte.ts';

export const ABOUT: About = {
  version: '1.0.0',
  build: 'a',
  mode: 'live',
  at: null,
  source: 'http://prometheus',
  tap: { available: true, reason: null },
  latencyTargetMs: 1000,
  successTarget: 0.99,
};

// Views are loaded when they are looked at, and a busy machine takes its time.
configure({ asyncUtilTimeout: 10_000 });

type Answers = { [N in TopicName]?: TopicValue<N> };

export interface Stage {
  location: PageLocation;
  timers: TestTimers;
  /** What was subscribed and is still wanted. */
  subscribed: () => { topic: TopicName; params: unknown }[];
  push<N extends TopicName>(topic: N, value: TopicValue<N>): void;
  trouble(topic: TopicName, message: string): void;
  connect(connection: Connection): void;
}

/** jsdom measures nothing: all of a table is drawn, and no picture is fitted. */
function withoutSizes(): void {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
}

/** `about` is what the server greets with, `whole` what it says when it is asked. */
export function stage(search: string, answers: Answers, about: About = ABOUT, whole: About = about): Stage {
  withoutSizes();
  window.history.replaceState(null, '', `/${search}`);
  const timers = new TestTimers();
  const subscriptions = new Set<{ topic: TopicName; params: unknown; sink: Sink }>();
  const watchers = new Set<() => void>();
  let connection: Connection = { state: 'open', sinceMs: 0, retryAtMs: null };
  const socket: LiveSocket = {
    subscribe(topic, params, sink) {
      const subscription = { topic, params, sink };
      subscriptions.add(subscription);
      if (answers[topic] !== undefined) sink.data(answers[topic], 0);
      return () => subscriptions.delete(subscription);
    },
    connection: () => connection,
    about: () => about,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    wake() {},
    close() {},
  };
  const location = new PageLocation(window);
  render(App, { live: new Live(socket, timers, () => Promise.resolve(whole)), location });
  const sinksOf = (topic: TopicName) => [...subscriptions].filter((one) => one.topic === topic);
  return {
    location,
    timers,
    subscribed: () => [...subscriptions].map(({ topic, params }) => ({ topic, params })),
    push: (topic, value) => {
      for (const { sink } of sinksOf(topic)) sink.data(value, 0);
    },
    trouble: (topic, message) => {
      for (const { sink } of sinksOf(topic)) sink.trouble(message);
    },
    connect(next) {
      connection = next;
      for (const watcher of watchers) watcher();
    },
  };
}
