// Port-forward over a WebSocket, as a kubelet does it: two channels a port, one for bytes and one for what went wrong.

import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { KubeObject } from './kube-object.ts';

export const PORT_FORWARD_PROTOCOL = 'v4.channel.k8s.io';
const HIGH_WATER_BYTES = 1 << 20;

export interface PortForwards {
  readonly count: number;
  accept(
    pod: KubeObject,
    ports: readonly number[],
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void;
  /** Ends those whose pod is not among these any more. */
  keep(uids: ReadonlySet<string>): void;
  close(): void;
}

/** `addressOf` says where the process of a pod really listens; null: nothing does at that port. */
export function createPortForwards(addressOf: (pod: KubeObject, port: number) => URL | null): PortForwards {
  const upgrades = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: () => PORT_FORWARD_PROTOCOL,
  });
  const open = new Map<WebSocket, string>();

  function end(fits: (uid: string) => boolean): void {
    for (const [remote, uid] of open) if (fits(uid)) remote.terminate();
  }

  return {
    get count() {
      return open.size;
    },
    accept(pod, ports, request, socket, head) {
      upgrades.handleUpgrade(request, socket, head, (remote) => {
        open.set(remote, pod.metadata.uid);
        remote.once('close', () => open.delete(remote));
        remote.on('error', () => remote.terminate());
        for (const [index, port] of ports.entries())
          forward(remote, { data: index * 2, error: index * 2 + 1 }, port, addressOf(pod, port));
      });
    },
    keep: (uids) => end((uid) => !uids.has(uid)),
    close: () => end(() => true),
  };
}

interface Channels {
  readonly data: number;
  readonly error: number;
}

function onChannel(channel: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(channel), bytes]);
}

function forward(remote: WebSocket, { data, error }: Channels, port: number, address: URL | null): void {
  const spoken = Buffer.alloc(2);
  spoken.writeUInt16LE(port);
  for (const channel of [data, error]) remote.send(onChannel(channel, spoken));
  const complain = (why: string) => {
    const text = `failed to connect to localhost:${port} inside the pod, IPv4: dial tcp4 127.0.0.1:${port}: ${why}`;
    if (remote.readyState === remote.OPEN) remote.send(onChannel(error, Buffer.from(text)));
  };
  if (address === null) {
    complain('connect: connection refused');
    remote.close();
    return;
  }
  const process = connect({ host: address.hostname, port: Number(address.port || 80), noDelay: true });
  process.on('data', (piece: Buffer) => {
    remote.send(onChannel(data, piece), () => {
      if (process.isPaused() && remote.bufferedAmount < HIGH_WATER_BYTES) process.resume();
    });
    if (remote.bufferedAmount >= HIGH_WATER_BYTES) process.pause();
  });
  process.on('error', ({ message }) => complain(message));
  process.on('close', () => remote.close());
  remote.on('message', (message: Buffer) => {
    if (message[0] !== data || message.length < 2) return;
    if (process.write(message.subarray(1))) return;
    remote.pause();
    process.once('drain', () => remote.resume());
  });
  remote.on('close', () => process.destroy());
}
