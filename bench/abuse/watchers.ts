// What is watched while a server is attacked: how late probes are, how often a person's page gets something new.

import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { starvedMs } from '../process-facts.ts';

const PROBE_EVERY_MS = 250;
const PROBE_WITHIN_MS = 10_000;

/** In ms, of a connection of its own, as the kubelet asks; as late as can be where nobody answers. */
export async function probe(url: string): Promise<number> {
  const startedMs = performance.now();
  try {
    const sent = get(url, { agent: false, signal: AbortSignal.timeout(PROBE_WITHIN_MS) });
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    if (answer.statusCode !== 200) return PROBE_WITHIN_MS;
    await once(answer, 'end');
    return performance.now() - startedMs;
  } catch {
    return PROBE_WITHIN_MS;
  }
}

export interface Probed {
  readonly worstMs: number;
  /** Without what the machine kept from it: on one that does nothing else both are the same. */
  readonly worstOwnMs: number;
  /** One in a hundred takes longer. */
  readonly p99OwnMs: number;
  readonly late: number;
  readonly all: number;
}

/** Asks again and again until `signal`; late is what took a second or more. */
export async function keepProbing(url: string, pid: number, signal: AbortSignal): Promise<Probed> {
  const took: number[] = [];
  const own: number[] = [];
  const starved = () => starvedMs(pid).catch(() => 0);
  while (!signal.aborted) {
    const before = await starved();
    const ms = await probe(url);
    took.push(ms);
    own.push(Math.max(0, ms - ((await starved()) - before)));
    await sleep(PROBE_EVERY_MS);
  }
  return {
    worstMs: Math.max(0, ...took),
    worstOwnMs: Math.max(0, ...own),
    p99OwnMs: own.toSorted((a, b) => a - b)[Math.floor(own.length * 0.99)] ?? 0,
    late: own.filter((ms) => ms >= 1000).length,
    all: took.length,
  };
}

export interface PersonPage {
  /** Milliseconds between one value and the next, since it was asked last, without what the machine kept from the server. */
  gapsMs(): number[];
  /** Opened anew because the server closed it. */
  readonly reopened: number;
  close(): void;
}

/** Follows the graph as the page does, and comes back when it is cut off. */
export function openPage(url: string, token: string, pid: number): PersonPage {
  const Socket = WebSocket as unknown as new (
    url: string,
    options: { headers: Record<string, string> },
  ) => WebSocket;
  let gaps: number[] = [];
  let last = { atMs: performance.now(), starvedMs: 0 };
  let reopened = -1;
  let isOver = false;
  let socket: WebSocket;
  function open(): void {
    reopened++;
    socket = new Socket(`${url.replace('http', 'ws')}/api/live`, {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', topic: 'graph', params: {}, changes: true })),
    );
    socket.addEventListener('message', ({ data }) => {
      if (!/^\{"type":"(data|change)"/.test(String(data))) return;
      const atMs = performance.now();
      void starvedMs(pid).then(
        (starved) => {
          gaps.push(Math.max(0, atMs - last.atMs - (starved - last.starvedMs)));
          last = { atMs, starvedMs: starved };
        },
        () => undefined,
      );
    });
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => {
      if (!isOver) setTimeout(open, 1_000);
    });
  }
  open();
  return {
    gapsMs() {
      const all = gaps;
      gaps = [];
      return all;
    },
    get reopened() {
      return reopened;
    },
    close() {
      isOver = true;
      socket.close();
    },
  };
}
