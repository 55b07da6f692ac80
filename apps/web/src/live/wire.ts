// The browser's WebSocket as the live socket wants it: text in, text out, three events.

import type { Wire } from './socket.ts';

export function openWire(url: URL): Wire {
  const socket = new WebSocket(url);
  const wire: Wire = {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  socket.onopen = () => wire.onopen?.();
  socket.onmessage = ({ data }) => wire.onmessage?.({ data });
  socket.onclose = () => wire.onclose?.();
  return wire;
}
