// A server's end of the socket and a clock, for tests: both move only when the test says so.

import type { ServerMessage } from '@latchwork/shared/live/live';
import type { Wire } from './socket.ts';
import type { Timers } from './timers.ts';

export class TestWire implements Wire {
  onopen: Wire['onopen'] = null;
  onmessage: Wire['onmessage'] = null;
  onclose: Wire['onclose'] = null;
  readonly sent: unknown[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  /** What the server says. */
  say(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

export class TestTimers implements Timers {
  #nowMs = 1_000_000;
  #due: { atMs: number; then: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, then: () => void): () => void {
    const entry = { atMs: this.#nowMs + ms, then };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  pass(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#due.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#nowMs = next.atMs;
      next.then();
    }
    this.#nowMs = endMs;
  }
}
