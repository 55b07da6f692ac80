// The frame at work: follows the graph of its address while somebody can see it, and draws it into the room there is.

import { span } from '@latchwork/figures/span';
import { DARK, LIGHT } from '@latchwork/graph/draw/palette';
import { svg } from '@latchwork/graph/draw/svg/svg';
import { type FittedPicture, fittedBy } from '@latchwork/graph/fold/fitted-by';
import { isEmpty, isPlain } from '@latchwork/graph/fold/picture-shape';
import { scopeTitle } from '@latchwork/graph/fold/picture-title';
import { hasFolded, toWholePicture } from '@latchwork/graph/fold/whole-picture';
import { lockCounts } from '@latchwork/graph/scene/lock-counts';
import type { Graph } from '@latchwork/shared/graph';
import { toReading } from '../drawer/reading.ts';
import { sentence } from '../format/sentence.ts';
import { freshness, isLost } from '../frame/freshness.ts';
import { scopeParams } from '../live/scope.ts';
import type { LiveSocket } from '../live/socket.ts';
import type { Timers } from '../live/timers.ts';
import type { EmbedPlace } from './embed-place.ts';
import type { EmbedView } from './embed-view.ts';
import type { large as Large } from './large.ts';

/** Around the picture, and above it the head. */
const HEAD = 32;
const MARGIN = 24;
const NOT_LOADED = 'a part of this frame did not load';
const TURNED_AWAY =
  'This frame is sandboxed, and the server turns it away. Add allow-same-origin to its sandbox attribute, or use a signed link.';

export interface EmbedPageOptions {
  embed: EmbedPlace;
  view: EmbedView;
  socket: Pick<LiveSocket, 'subscribe' | 'connection' | 'about' | 'watch'>;
  timers: Timers;
  /** Of the frame. */
  size: () => { width: number; height: number };
  isDark: () => boolean;
  /** The frame has no origin, and no link that would do instead. */
  isTurnedAway: boolean;
}

export interface EmbedPage {
  /** Nobody sees it: nothing is asked for and nothing is drawn. */
  pause(): void;
  resume(): void;
  /** The room or the colours have changed. */
  redraw(): void;
}

export function createEmbedPage({
  embed,
  view,
  socket,
  timers,
  size,
  isDark,
  isTurnedAway,
}: EmbedPageOptions): EmbedPage {
  const { place } = embed;
  const lostWords = isTurnedAway ? TURNED_AWAY : 'The server does not answer. Trying again.';
  let graph: Graph | null = null;
  let receivedAtMs: number | undefined;
  let trouble: string | undefined;
  let drawn: FittedPicture | null = null;
  let large: typeof Large | null = null;
  let isLoading = false;
  let stop: (() => void) | null = null;
  let cancelTick = () => {};

  /** What cannot be loaded is asked for again with the next value. */
  async function loadLarge(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    try {
      ({ large } = await import('./large.ts'));
      if (trouble === NOT_LOADED) trouble = undefined;
    } catch {
      trouble = NOT_LOADED;
      return tell();
    } finally {
      isLoading = false;
    }
    draw();
  }

  function draw(): void {
    if (!graph) return;
    const wish = { ...place, scope: place.namespaces };
    if (!isPlain(graph, wish) && large === null) return void loadLarge();
    const { failures, ...targets } = toReading(graph, socket.about());
    const { width, height } = size();
    const room = { width: Math.max(1, width - MARGIN), height: Math.max(1, height - HEAD - MARGIN) };
    drawn = fittedBy(large?.toPicture ?? toWholePicture, graph, wish, room, targets, drawn);
    const { picture, detail, zoom } = drawn;
    if (large === null && picture.kind !== 'overview' && hasFolded(picture.scene)) void loadLarge();
    // A signed link knows its namespaces even when the address does not name them.
    const scope = place.namespaces.length > 0 || embed.link === null ? place.namespaces : graph.namespaces;
    const title = embed.title ?? scopeTitle(scope);
    const namespaces = picture.kind === 'overview' ? graph.namespaces.length : picture.scene.boxes.length;
    const about = namespaces > 1 ? `${namespaces} namespaces, ` : '';
    view.head(title, `${about}last ${span(targets.windowSeconds)}`, lockCounts(graph, targets));
    const colours = isDark() ? DARK : LIGHT;
    const labels = place.labels === 'on';
    const options = { ...targets, detail, labels, colours, title: `${title}, service graph` };
    const text =
      picture.kind === 'overview'
        ? (large?.svgOverview(picture.overview, options) ?? null)
        : svg(picture.scene, picture.layout, options);
    view.picture(isEmpty(picture) ? null : text, zoom);
    tell();
  }

  /** How old it is, and in words what is wrong. */
  function tell(): void {
    const connection = socket.connection();
    const nowMs = timers.now();
    view.freshness(
      freshness({
        connection,
        receivedAtMs,
        trouble,
        parts: graph?.parts,
        pausedSinceMs: null,
        fixedAt: place.at ?? socket.about()?.at ?? null,
        isStopped: false,
        nowMs,
      }),
    );
    if (trouble !== undefined) view.words(`${sentence(trouble)}`);
    else if (!graph) view.words(isLost(connection, nowMs) ? lostWords : 'The graph is coming.');
    else if (drawn && isEmpty(drawn.picture))
      view.words('Nothing was called here in this time, or there is no such namespace.');
    else view.words(null);
  }

  function tick(): void {
    tell();
    cancelTick = timers.after(1_000, tick);
  }

  socket.watch(() => {
    if (stop) tell();
  });

  return {
    pause() {
      stop?.();
      stop = null;
      cancelTick();
    },
    resume() {
      if (stop) return;
      stop = socket.subscribe('graph', scopeParams(place), {
        data(value) {
          // Checked by the server against the contract before it was sent.
          graph = value as Graph;
          receivedAtMs = timers.now();
          trouble = undefined;
          draw();
        },
        trouble(message) {
          trouble = message;
          tell();
        },
      });
      tick();
    },
    redraw() {
      // Another room may have space for what had to be folded in the last one.
      drawn = null;
      draw();
    },
  };
}
