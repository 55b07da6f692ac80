// POST /api/live/events: the live socket's conversation as server-sent events, for where no WebSocket passes.

import { LiveEventsRequest } from '@latchwork/shared/live/live-events';
import { PATHS } from '@latchwork/shared/paths';
import type { FastifyPluginAsync } from 'fastify';
import { createEventStream } from './event-stream.ts';
import { openPageSession } from './page-session.ts';
import { createStallWatch } from './slow-reader.ts';
import { takePlace } from './socket-place.ts';

/** Below what proxies take for silence, and well below the page's own patience. */
const BEAT_EVERY_MS = 5_000;
/** A question that has no answer yet does not hold up the others' for longer. */
const ONCE_AT_MOST_MS = 15_000;

const schema = {
  summary: 'Live values without a WebSocket (server-sent events)',
  description:
    'Send {"subscriptions":[{"type":"subscribe","id":"1","topic":"graph","params":{}}]}; the answer streams the same messages as the socket. With "once":true it ends when each subscription was answered.',
  tags: ['mesh'],
  body: LiveEventsRequest,
};

export const liveEventsRoutes: FastifyPluginAsync<{ readonly beatEveryMs?: number }> = async (
  app,
  { beatEveryMs = BEAT_EVERY_MS },
) => {
  app.route<{ Body: LiveEventsRequest }>({
    method: 'POST',
    url: PATHS.liveEvents,
    schema,
    // A stream stays as long as a socket does.
    onRequest: takePlace,
    handler(request, reply) {
      const { subscriptions, once = false } = request.body;
      const unanswered = new Set(subscriptions.map(({ id }) => id));
      reply.hijack();
      // What plugins have set is not written by itself once the reply is ours.
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      function answered(id: string): void {
        unanswered.delete(id);
        if (unanswered.size === 0) end();
      }
      const stream = createEventStream(reply.raw, once ? answered : undefined);
      const session = openPageSession({ app, request, socket: stream, onEnded: end });
      const isStalled = createStallWatch(stream);
      const beat = setInterval(() => {
        if (isStalled()) stream.terminate();
        else void session.review().then(() => session.send({ type: 'pong' }));
      }, beatEveryMs);
      const stopGuarding = app.guarding.watch(
        () => void session.review(),
        request.viewer?.untilSeconds ?? null,
      );
      const limit = once ? setTimeout(end, ONCE_AT_MOST_MS) : undefined;
      app.metrics.sockets(1);

      let ended = false;
      function end(): void {
        if (ended) return;
        ended = true;
        clearInterval(beat);
        stopGuarding();
        request.socketPlace?.();
        clearTimeout(limit);
        session.close();
        app.metrics.sockets(-1);
        stream.end();
      }
      reply.raw.on('close', end);

      for (const subscription of subscriptions)
        session.receive(Buffer.from(JSON.stringify(subscription)), false);
    },
  });
};
