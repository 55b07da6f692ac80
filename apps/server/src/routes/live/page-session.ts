// The session of a page, whichever way its messages travel: bound to who asked, and asked anew with each message.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { withoutWords } from '../../errors.ts';
import { leaseOf } from '../../feeds/lease-of.ts';
import { clientAddress } from '../../security/client-address.ts';
import { noLongerKnown, Refusal } from '../../security/refusal.ts';
import { leaseTap } from './lease-tap.ts';
import { createLiveSession, type LiveSession, type LiveSessionOptions } from './live-session.ts';
import { recordTap } from './tap-record.ts';

export interface PageSessionOptions extends Pick<LiveSessionOptions, 'socket' | 'deflated' | 'onEnded'> {
  readonly app: FastifyInstance;
  readonly request: FastifyRequest;
}

/** Has said hello. */
export function openPageSession({
  app,
  request,
  socket,
  deflated = null,
  onEnded,
}: PageSessionOptions): LiveSession {
  if (request.viewer === null) throw noLongerKnown();
  let viewer = request.viewer;
  let { seesAll } = request;
  const socketId = request.id;
  const viewerId = `${viewer.id} ${clientAddress(request)}`;
  const session = createLiveSession({
    socket,
    deflated,
    hub: app.hub,
    async admit() {
      viewer = await app.rights.again(request);
      seesAll = (await app.rights.namespacesOf(viewer)) === null;
      return app.rights.feedsFor(viewer);
    },
    lease: (topic, params) =>
      topic === 'tap' || topic === 'top'
        ? leaseTap(app.limits, { socketId, viewerId })
        : leaseOf(params, (span) => app.rights.lease(viewer, span)),
    onSubscribed: (topic, params) => recordTap(app.record, viewer.id, topic, params),
    waitSeconds: () => app.limits.messages.spend(viewerId),
    slice: app.limits.slice,
    onEnded,
    onError: (err) => request.log.error({ err }, 'a live topic failed'),
    toTrouble(error) {
      if (error instanceof Refusal) app.record.note('access-refused', viewer.id, { why: error.message });
      return seesAll ? error : withoutWords(error);
    },
  });
  session.send({ type: 'hello', about: app.about(request) });
  return session;
}
