// Plays the recorded tap streams at the paths of Linkerd's tap API, with the timing they had. A process, or a function.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type RecordedFrame, readTapRecordings, type TapRecording } from './tap-recordings.ts';

export interface TapReplay {
  readonly url: string;
  close(): Promise<void>;
}

export interface TapReplayOptions {
  readonly host?: string;
  readonly port?: number;
  /** 2 plays twice as fast. */
  readonly speed?: number;
}

const PATH = /^\/apis\/tap\.linkerd\.io\/v1alpha1\/watch\/namespaces\/([^/]+)(?:\/([a-z]+)s\/([^/]+))?\/tap$/;

export async function startTapReplay({
  host = '127.0.0.1',
  port = 0,
  speed = 1,
}: TapReplayOptions = {}): Promise<TapReplay> {
  const recordings = readTapRecordings();
  const closing = new AbortController();
  const server = createServer((request, response) => {
    answer(recordings, request, response, speed, closing.signal).catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${listening}`,
    async close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  recordings: readonly TapRecording[],
  request: IncomingMessage,
  response: ServerResponse,
  speed: number,
  closing: AbortSignal,
): Promise<void> {
  request.resume();
  const [, namespace, kind, name] = PATH.exec(decodeURIComponent(request.url ?? '')) ?? [];
  if (!namespace || request.method !== 'POST') {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ paths: ['/apis/tap.linkerd.io/v1alpha1'] }));
    return;
  }
  const frames = framesFor(recordings, namespace, kind && name ? { kind, name } : null);
  response.setHeader('content-type', 'application/octet-stream');
  if (frames.length === 0) {
    // As the real one says it: status 200, a header, and a frame with the sentence.
    response.setHeader('linkerd-error', 'Internal Server Error');
    response.end(
      errorFrame(`${kind ?? 'namespace'} "${name ?? namespace}" not found in the recorded tap streams`),
    );
    return;
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  await play(frames, response, speed, AbortSignal.any([gone.signal, closing]));
}

/** Plays once to the end, and ends the stream there. */
async function play(
  frames: readonly RecordedFrame[],
  response: ServerResponse,
  speed: number,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now();
  for (const { ms, bytes } of frames) {
    const early = ms / speed - (performance.now() - began);
    if (early > 1) await wait(early, undefined, { signal });
    if (!response.write(bytes)) await once(response, 'drain', { signal });
  }
  response.end();
}

/**
 * The recording of exactly this target; else the frames that its pods' proxies sent, picked out of a recording of its
 * namespace; else, for a namespace, the recordings of its workloads together.
 */
function framesFor(
  recordings: readonly TapRecording[],
  namespace: string,
  workload: { readonly kind: string; readonly name: string } | null,
): readonly RecordedFrame[] {
  const inNamespace = recordings.filter((recording) => recording.namespace === namespace);
  const exact = inNamespace.find(
    (recording) => recording.kind === (workload?.kind ?? null) && recording.name === (workload?.name ?? null),
  );
  if (exact) return exact.frames();
  if (workload) {
    const label = workload.kind === 'job' ? 'k8s_job' : workload.kind;
    const whole = inNamespace.find(({ kind }) => kind === null);
    return whole?.frames().filter(({ tapped }) => tapped[label] === workload.name) ?? [];
  }
  // Each workload was recorded twice: once is enough.
  const once = new Map(
    inNamespace.toReversed().map((recording) => [`${recording.kind}/${recording.name}`, recording]),
  );
  return [...once.values()].flatMap((recording) => recording.frames()).sort((a, b) => a.ms - b.ms);
}

function errorFrame(message: string): Buffer {
  const text = Buffer.from(message);
  const frame = Buffer.alloc(6 + text.length);
  frame.writeUInt32LE(2 + text.length, 0);
  frame.set([0x0a, text.length], 4); // field 1, shorter than 128 bytes
  frame.set(text, 6);
  return frame;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { host: { type: 'string' }, port: { type: 'string' }, speed: { type: 'string' } },
  });
  const replay = await startTapReplay({
    host: values.host ?? '127.0.0.1',
    port: Number(values.port ?? 0),
    speed: Number(values.speed ?? 1),
  });
  const end = () => void replay.close().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  if (process.channel) process.on('disconnect', end);
  process.stdout.write(`${JSON.stringify({ tap: replay.url })}\n`);
}
