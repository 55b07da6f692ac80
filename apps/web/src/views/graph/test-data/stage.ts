// The Graph view on a stage: what the live side answers is the test's own.

import type { Graph } from '@latchwork/shared/graph';
import type { Labels } from '@latchwork/shared/labels';
import type { LabelsParams } from '@latchwork/shared/live/live';
import { render, screen, within } from '@testing-library/svelte';
import { Live } from '../../../live/live.svelte.ts';
import type { LiveSocket, Sink } from '../../../live/socket.ts';
import { PageLocation } from '../../../location/location.svelte.ts';
import Stage from './Stage.svelte';
import { STEADY } from './steady.ts';

// jsdom measures nothing: the picture is never fitted, but all of it is drawn.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
globalThis.CSS ??= { escape: (text: string) => text.replace(/["\\]/g, '\\$&') } as typeof CSS;

/** Says what comes of a subscription to labels: a value, or trouble in words. */
export type TellLabels = (told: Labels | string) => void;

/** Answers every subscription to the graph with `graph`; null never answers. `onLabels`: who is asked for those of a label. */
export function stage(
  search: string,
  graph: Graph | null = STEADY,
  onLabels: (label: string, tell: TellLabels) => void = () => {},
) {
  window.history.replaceState(null, '', `/${search}`);
  const sinks: Sink[] = [];
  const socket: LiveSocket = {
    subscribe(topic, params, sink) {
      if (topic === 'graph') {
        sinks.push(sink);
        if (graph) sink.data(graph, 0);
      }
      if (topic === 'labels')
        onLabels((params as LabelsParams).label ?? '', (told) =>
          typeof told === 'string' ? sink.trouble(told) : sink.data(told, 0),
        );
      return () => {};
    },
    connection: () => ({ state: 'open', sinceMs: 0, retryAtMs: null }),
    about: () => null,
    watch: () => () => {},
    wake() {},
    close() {},
  };
  const timers = { now: () => 0, after: () => () => {} };
  const location = new PageLocation(window);
  render(Stage, {
    live: new Live(socket, timers, () => Promise.reject(new Error('not asked here'))),
    location,
  });
  return { location, push: (value: Graph) => sinks.forEach((sink) => void sink.data(value, 0)) };
}

/** The lines of the picture, which come in tasks of their own after the cards. */
export async function drawnLines(): Promise<HTMLElement[]> {
  const picture = await screen.findByRole('group', { name: 'Service graph' });
  return within(picture).findAllByRole('button', { name: / to / });
}
