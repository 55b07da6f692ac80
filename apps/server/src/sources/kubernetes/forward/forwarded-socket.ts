// Joins a local connection and a port-forward WebSocket: channel 0 is data, channel 1 what the kubelet has to complain about.

import type { Socket } from 'node:net';
import type WebSocket from 'ws';
import { kubernetesError } from '../api/kubernetes-error.ts';

const DATA = 0;
const ERROR = 1;
/** The first message of each channel repeats the port, in two bytes. */
const PORT_BYTES = 2;
const HIGH_WATER_BYTES = 1 << 20;

/** `onTrouble` is told when the far side breaks off, and ends the local connection; a normal end is no trouble. */
export function joinSocket(local: Socket, remote: WebSocket, onTrouble: (error: Error) => void): void {
  const skip = [PORT_BYTES, PORT_BYTES];
  remote.binaryType = 'nodebuffer';

  remote.on('message', (message: Buffer) => {
    const channel = message[0] ?? -1;
    const skipped = Math.min(skip[channel] ?? 0, message.length - 1);
    if (channel === DATA || channel === ERROR) skip[channel] = (skip[channel] ?? 0) - skipped;
    const payload = message.subarray(1 + skipped);
    if (payload.length === 0) return;
    if (channel === DATA) {
      if (!local.write(payload)) {
        remote.pause();
        local.once('drain', () => remote.resume());
      }
    } else if (channel === ERROR) {
      onTrouble(lost(payload.toString('utf8').trim().slice(0, 300)));
      remote.close();
    }
  });
  remote.on('close', () => local.end());
  remote.on('error', (error) => {
    onTrouble(lost(error.message, error));
  });

  local.on('data', (piece: Buffer) => {
    remote.send(Buffer.concat([Buffer.of(DATA), piece]), () => {
      if (local.isPaused() && remote.bufferedAmount < HIGH_WATER_BYTES) local.resume();
    });
    if (remote.bufferedAmount >= HIGH_WATER_BYTES) local.pause();
  });
  // The protocol has no half-close: who hangs up locally hangs up on the pod, too.
  local.on('close', () => remote.close());
  remote.resume();
  if (local.destroyed) remote.close();
  else local.resume();
}

function lost(why: string, cause?: unknown): Error {
  return kubernetesError('unreachable', `the connection to the pod through the API server broke: ${why}`, {
    remedy: 'the pod is looked for again; see that it runs',
    cause,
  });
}
