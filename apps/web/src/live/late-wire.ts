// A wire whose making is loaded first: for a way that hardly anybody needs.

import type { Wire } from './socket.ts';

/** What is sent before it is there waits; what cannot be loaded is closed. */
export function lateWire(load: () => Promise<Wire>): Wire {
  const early: string[] = [];
  let own: Wire | null = null;
  let isClosed = false;
  const wire: Wire = {
    send(text) {
      if (own) own.send(text);
      else early.push(text);
    },
    close() {
      isClosed = true;
      own?.close();
    },
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  load().then(
    (made) => {
      if (isClosed) return made.close();
      own = made;
      made.onopen = () => wire.onopen?.();
      made.onmessage = (event) => wire.onmessage?.(event);
      made.onclose = () => wire.onclose?.();
      for (const text of early) made.send(text);
    },
    () => {
      if (!isClosed) wire.onclose?.();
    },
  );
  return wire;
}
