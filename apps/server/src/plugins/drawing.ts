// Makes `app.drawing` available: pictures of graphs, drawn beside everything else.

import fp from 'fastify-plugin';
import { createDrawRoom, type DrawRoom } from '../drawing/draw-room.ts';
import { DRAWING_WORKER } from '../installation.ts';

declare module 'fastify' {
  interface FastifyInstance {
    drawing: DrawRoom;
  }
}

export const drawingPlugin = fp(
  async (app) => {
    const room = createDrawRoom({ worker: DRAWING_WORKER });
    app.decorate('drawing', room);
    app.addHook('onClose', () => room.close());
  },
  { name: 'drawing' },
);
