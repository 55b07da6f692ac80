// The picture that is drawn. Keeps what every picture remembers, so that things keep their places and unfolding brings the
// old one back. It is made in a worker, one at a time, and shown when it is done.

import {
  type Picture,
  type PictureAsk,
  type PictureState,
  stateOf,
} from '@latchwork/graph/fold/picture-shape';
import type { Layout } from '@latchwork/graph/layout/place';
import type { LayoutReply, LayoutRequest } from './layout-worker.ts';
import { loadPictureMaker, pictureMaker } from './picture-maker.ts';
import { KeptLines } from './sent-lines.ts';

export interface Arranged {
  picture: Picture;
  /** Counts up whenever a card moved: its lines then come anew, for they cannot travel with it. */
  generation: number;
}

/** What a picture belongs to: `scope` and `focus` start anew, folds and filters keep the places they find. */
export interface ArrangementKey {
  scope: string;
  focus: string | null;
  /** Folds, filters and what is hidden. */
  view: string;
}

interface Asked {
  id: number;
  ask: PictureAsk;
  key: ArrangementKey;
}

const KEPT = 40;
const MANY_EDGES = 1_000;

export class Arrangement {
  #drawn = $state.raw<Arranged | null>(null);
  #failure = $state<string | null>(null);
  #states = new Map<string, PictureState>();
  #latest: { family: string; state: PictureState } | null = null;
  #worker: Worker | null = null;
  #startWorker: () => Worker | null;
  #count = 0;
  // A large graph takes a while to hand over, so it travels once.
  #sent: PictureAsk['graph'] | null = null;
  #atWork: Asked | null = null;
  #next: Asked | null = null;
  #lines = new KeptLines();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #read: ReturnType<typeof setTimeout> | undefined;

  /** `startWorker` answers null where there are no workers. */
  constructor(startWorker: () => Worker | null) {
    this.#startWorker = startWorker;
  }

  /** Null until the first picture is there. */
  get drawn(): Arranged | null {
    return this.#drawn;
  }

  /** Why the newest picture could not be made; null while it can. Then the table is the truth, not the last picture. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Has the worker there before there is anything to lay out. */
  prepare(): void {
    this.#worker ??= this.#start();
  }

  arrange(ask: PictureAsk, key: ArrangementKey): void {
    this.#count += 1;
    this.#next = { id: this.#count, ask, key };
    this.prepare();
    if (this.#worker) this.#postSoon(ask);
    else if (pictureMaker()) this.#makeHere();
    else void this.#loadAndMake();
  }

  /** Forgets all places: the next `arrange` lays out anew. */
  forget(): void {
    this.#states.clear();
    this.#latest = null;
  }

  stop(): void {
    clearTimeout(this.#soon);
    clearTimeout(this.#read);
    this.#worker?.terminate();
    this.#worker = null;
    this.#sent = null;
  }

  #previous(key: ArrangementKey): PictureState | null {
    const own = this.#states.get(nameOf(key));
    if (own) return own;
    return this.#latest?.family === familyOf(key) ? this.#latest.state : null;
  }

  #take({ key }: Asked, picture: Picture): void {
    const name = nameOf(key);
    const state = stateOf(picture);
    this.#states.delete(name);
    this.#states.set(name, state);
    if (this.#states.size > KEPT) this.#states.delete(this.#states.keys().next().value as string);
    this.#latest = { family: familyOf(key), state };
    const before = this.#drawn;
    const moved = before !== null && hasMoved(before.picture.layout, picture.layout);
    this.#failure = null;
    this.#drawn = { picture, generation: (before?.generation ?? 0) + (moved ? 1 : 0) };
  }

  /** What fails on what it remembers may work anew. */
  #fail(message: string): void {
    this.forget();
    this.#failure = message;
  }

  /** To hand over thousands of edges is a task by itself. */
  #postSoon({ graph }: PictureAsk): void {
    if (graph === this.#sent || graph.edges.length < MANY_EDGES) this.#post();
    else this.#soon ??= setTimeout(() => this.#post());
  }

  /** The newest that waits, as soon as the worker is free: what came in between is never made. */
  #post(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const asked = this.#next;
    if (!this.#worker || !asked || this.#atWork) return;
    this.#next = null;
    this.#atWork = asked;
    const { id, ask, key } = asked;
    const graph = ask.graph === this.#sent ? null : graphOf(ask);
    this.#sent = ask.graph;
    this.#worker.postMessage({
      id,
      ask: { ...ask, graph },
      previous: this.#previous(key),
    } satisfies LayoutRequest);
  }

  #makeHere(): void {
    const asked = this.#next;
    const make = pictureMaker();
    if (!asked || !make) return;
    this.#next = null;
    try {
      this.#take(asked, make(asked.ask, this.#previous(asked.key)));
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  async #loadAndMake(): Promise<void> {
    try {
      await loadPictureMaker();
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
    this.#makeHere();
  }

  #answered(reply: LayoutReply): void {
    const asked = this.#atWork;
    // Of every answer, for the worker does not send lines again that it has sent.
    const picture = 'failure' in reply ? null : this.#lines.whole(reply);
    if (asked === null || asked.id !== reply.id) return;
    this.#atWork = null;
    if ('failure' in reply) this.#fail(reply.failure);
    else if (picture && (this.#next === null || sameKey(this.#next.key, asked.key)))
      this.#take(asked, picture);
    this.#post();
  }

  #start(): Worker | null {
    const worker = this.#startWorker();
    worker?.addEventListener('message', ({ data }: MessageEvent<LayoutReply>) => {
      // A browser reads a message when it is looked at; of a large map that is a task by itself.
      if ((this.#sent?.edges.length ?? 0) < MANY_EDGES) this.#answered(data);
      else this.#read = setTimeout(() => this.#answered(data));
    });
    worker?.addEventListener('error', ({ message }) => {
      this.#atWork = null;
      this.#fail(message);
    });
    return worker;
  }
}

/** What pictures are made of, and no more. */
function graphOf({ graph: { nodes, edges, namespaces, at, by } }: PictureAsk): PictureAsk['graph'] {
  return { nodes, edges, namespaces, at, by };
}

function hasMoved(before: Layout, after: Layout): boolean {
  const places = new Map(before.cards.map((card) => [card.id, card]));
  return after.cards.some(({ id, x, y }) => {
    const old = places.get(id);
    return old !== undefined && (Math.abs(old.x - x) > 0.5 || Math.abs(old.y - y) > 0.5);
  });
}

function sameKey(a: ArrangementKey, b: ArrangementKey): boolean {
  return nameOf(a) === nameOf(b);
}

function familyOf({ scope, focus }: ArrangementKey): string {
  return JSON.stringify([scope, focus]);
}

function nameOf(key: ArrangementKey): string {
  return JSON.stringify([key.scope, key.focus, key.view]);
}
