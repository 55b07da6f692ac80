// Makes `app.asked` available: what is read of Kubernetes for one reader, once.

import fp from 'fastify-plugin';
import { type AskedCluster, createAskedCluster } from '../feeds/asked/asked-cluster.ts';

declare module 'fastify' {
  interface FastifyInstance {
    asked: AskedCluster;
  }
}

export const askedPlugin = fp(
  async (app) => {
    app.decorate('asked', createAskedCluster({ cluster: app.cluster, feed: app.clusterFeed }));
  },
  { name: 'asked', dependencies: ['kubernetes'] },
);
