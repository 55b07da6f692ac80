// The live socket: one per page, any number of topics on it. What comes in is checked; nothing bad closes it.

import type { Writable } from 'node:stream';
import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { LiveSession } from './live-session.ts';
import { openPageSession } from './page-session.ts';
import { createStallWatch } from './slow-reader.ts';
import { takeSocketPlace } from './socket-place.ts';

/** Of all sockets of this server. */
export const SOCKET_OPTIONS = {
  /** Bytes: a hard stop, far above what a message may be. Up to here a long message is answered, and the socket stays. */
  maxPayload: 1024 * 1024,
  /** Nothing is kept between messages, so that a socket costs no window; what many get is compressed once, by ourselves. */
  perMessageDeflate: {
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    serverMaxWindowBits: 15,
    threshold: Number.MAX_SAFE_INTEGER,
  },
} as const;
export const PING_EVERY_MS = 15_000;

const schema = {
  summary: 'Live values (WebSocket)',
  description:
    'Send {"type":"subscribe","id":"1","topic":"graph","params":{"namespace":["a"],"window":"1m"}} and {"type":"unsubscribe","id":"1"}; get {"type":"data","id":"1","value":…} and {"type":"trouble","id":"1","message":…}. Topics: graph, workloads, workload, history, inventory, top, tap. With "changes":true in the subscription a refresh is {"type":"change","id":"1","value":…}: the fields that differ; of lists what is new (and at which places), changed (its id and the fields that differ) and gone (ids). A viewer that fell behind gets a whole one.',
  tags: ['mesh'],
};

export const liveRoutes: FastifyPluginAsync<{ readonly pingEveryMs?: number }> = async (
  app,
  { pingEveryMs = PING_EVERY_MS },
) => {
  app.route({
    method: 'GET',
    url: PATHS.live,
    schema,
    onRequest: takeSocketPlace,
    handler: refusePlain,
    wsHandler,
  });

  function wsHandler(socket: WebSocket, request: FastifyRequest): void {
    const session = openPageSession({
      app,
      request,
      socket,
      deflated: deflatedStream(socket, request),
      onEnded: () => socket.close(POLICY_VIOLATION),
    });
    serveLive(socket, request, { session, pingEveryMs });
  }
};

/** The close code for what policy forbids. */
export const POLICY_VIOLATION = 1008;

/** Where messages that are compressed already can be written to; null when the other side did not agree on compression. */
export function deflatedStream({ extensions }: WebSocket, { raw }: FastifyRequest): Writable | null {
  return extensions === 'permessage-deflate' ? raw.socket : null;
}

export interface LiveService {
  readonly session: LiveSession;
  readonly pingEveryMs: number;
}

/** Carries messages between a socket and its session until either ends. */
export function serveLive(
  socket: WebSocket,
  request: FastifyRequest,
  { session, pingEveryMs }: LiveService,
): void {
  const { metrics, guarding } = request.server;
  metrics.sockets(1);
  const giveBack = request.socketPlace ?? (() => undefined);
  const isStalled = createStallWatch(socket);
  // Tokens, keys and ends of links do not wait for the next ping.
  const stopGuarding = guarding.watch(() => void session.review(), request.viewer?.untilSeconds ?? null);

  // Silence is trouble: a peer that is gone without a word would keep its feeds running.
  let answered = true;
  const pinging = setInterval(() => {
    if (!answered || isStalled()) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
    void session.review();
  }, pingEveryMs);
  pinging.unref();

  socket.on('pong', () => {
    answered = true;
  });
  socket.on('message', (data, isBinary) => {
    // Any sign of life will do: under load a pong may wait behind a large snapshot.
    answered = true;
    session.receive(data, isBinary);
  });
  socket.on('close', () => {
    clearInterval(pinging);
    session.close();
    stopGuarding();
    giveBack();
    metrics.sockets(-1);
  });
  socket.on('error', (err) => request.log.debug({ err }, 'a live socket broke'));
}

export function refusePlain(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem: Problem = {
    error: 'upgrade-required',
    message: 'this is a WebSocket; a proxy in between may have dropped the Upgrade header',
    remedy: 'let the proxy pass Upgrade and Connection on, and keep the connection open while it is silent',
  };
  return reply.code(426).header('upgrade', 'websocket').type('application/json').send(problem);
}
