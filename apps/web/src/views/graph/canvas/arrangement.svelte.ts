// The picture that is drawn: a scene with its layout. Keeps what every layout remembers, so that things keep their places
// and unfolding brings the old picture back. Large scenes are laid out in a worker, and shown when they are done.

import { layout } from '@latchwork/graph/layout/layout';
import type { Layout, LayoutState } from '@latchwork/graph/layout/place';
import type { Scene } from '@latchwork/graph/scene/scene';
import type { LayoutReply, LayoutRequest } from './layout-worker.ts';

export interface Arranged {
  scene: Scene;
  layout: Layout;
  /** Counts up whenever a card moved: its lines then come anew, for they cannot travel with it. */
  generation: number;
}

/** What a layout belongs to: `scope` and `focus` start anew, folds and filters keep the places they find. */
export interface ArrangementKey {
  scope: string;
  focus: string | null;
  /** Folds, filters and what is hidden. */
  view: string;
}

const AT_ONCE_UP_TO = 80;
const KEPT = 40;

export class Arrangement {
  #drawn = $state.raw<Arranged | null>(null);
  #failure = $state<string | null>(null);
  #states = new Map<string, LayoutState>();
  #latest: { family: string; state: LayoutState } | null = null;
  #worker: Worker | null = null;
  #startWorker: () => Worker | null;
  #asked = 0;
  #waiting: { id: number; scene: Scene; key: ArrangementKey } | null = null;

  /** `startWorker` answers null where there are no workers. */
  constructor(startWorker: () => Worker | null) {
    this.#startWorker = startWorker;
  }

  /** Null until the first layout is there. */
  get drawn(): Arranged | null {
    return this.#drawn;
  }

  /** Why the newest scene could not be laid out; null while it can. Then the table is the truth, not the last picture. */
  get failure(): string | null {
    return this.#failure;
  }

  /** `nowMs` only decides how long the place of a thing that is gone stays free. */
  arrange(scene: Scene, key: ArrangementKey, nowMs: number): void {
    const previous = this.#previous(key);
    if (scene.cards.length > AT_ONCE_UP_TO) {
      this.#worker ??= this.#start();
      if (this.#worker) {
        this.#ask(this.#worker, key, { scene, previous, nowMs });
        return;
      }
    }
    this.#waiting = null;
    try {
      this.#take(scene, key, layout(scene, previous, nowMs));
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Forgets all places: the next `arrange` lays out anew. */
  forget(): void {
    this.#states.clear();
    this.#latest = null;
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }

  #previous(key: ArrangementKey): LayoutState | undefined {
    const own = this.#states.get(nameOf(key));
    if (own) return own;
    return this.#latest?.family === familyOf(key) ? this.#latest.state : undefined;
  }

  #take(scene: Scene, key: ArrangementKey, arranged: Layout): void {
    const name = nameOf(key);
    this.#states.delete(name);
    this.#states.set(name, arranged.state);
    if (this.#states.size > KEPT) this.#states.delete(this.#states.keys().next().value as string);
    this.#latest = { family: familyOf(key), state: arranged.state };
    const before = this.#drawn;
    const moved = before !== null && hasMoved(before.layout, arranged);
    this.#failure = null;
    this.#drawn = { scene, layout: arranged, generation: (before?.generation ?? 0) + (moved ? 1 : 0) };
  }

  /** A layout that fails on what it remembers may work anew. */
  #fail(message: string): void {
    this.forget();
    this.#failure = message;
  }

  #ask(worker: Worker, key: ArrangementKey, request: Omit<LayoutRequest, 'id'>): void {
    this.#asked += 1;
    this.#waiting = { id: this.#asked, scene: request.scene, key };
    worker.postMessage({ id: this.#asked, ...request } satisfies LayoutRequest);
  }

  #start(): Worker | null {
    const worker = this.#startWorker();
    worker?.addEventListener('message', ({ data }: MessageEvent<LayoutReply>) => {
      const waiting = this.#waiting;
      if (waiting === null || waiting.id !== data.id) return; // a newer scene is on its way
      this.#waiting = null;
      this.#take(waiting.scene, waiting.key, data.layout);
    });
    worker?.addEventListener('error', ({ message }) => this.#fail(message));
    return worker;
  }
}

function hasMoved(before: Layout, after: Layout): boolean {
  const places = new Map(before.cards.map((card) => [card.id, card]));
  return after.cards.some(({ id, x, y }) => {
    const old = places.get(id);
    return old !== undefined && (Math.abs(old.x - x) > 0.5 || Math.abs(old.y - y) > 0.5);
  });
}

function familyOf({ scope, focus }: ArrangementKey): string {
  return JSON.stringify([scope, focus]);
}

function nameOf(key: ArrangementKey): string {
  return JSON.stringify([key.scope, key.focus, key.view]);
}
