// Makes `app.prometheus` available: whom to ask, and what people call it. Without a URL it is the one of linkerd-viz.

import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { PrometheusConfig } from '../config.ts';
import { chooseProxy, type Environment } from '../network/proxy-choice.ts';
import { createPrometheusClient, type PrometheusClient } from '../sources/prometheus/client.ts';

declare module 'fastify' {
  interface FastifyInstance {
    prometheus: { readonly client: PrometheusClient; readonly name: string };
  }
}

export interface PrometheusOptions {
  readonly prometheus: PrometheusConfig;
  readonly environment: Environment;
}

export const prometheusPlugin = fp<PrometheusOptions>(
  async (app, { prometheus, environment }) => {
    const { url, behind, close } = await placeOf(prometheus.url, app.cluster);
    const client = createPrometheusClient({
      ...prometheus,
      url,
      behind,
      proxy: chooseProxy(url, environment, { knowsAllProxy: true }),
      observe: app.metrics.observeQuery,
    });
    app.decorate('prometheus', { client, name: behind ?? url });
    app.addHook('onClose', async () => {
      await client.close();
      await close();
    });
  },
  { name: 'prometheus', dependencies: ['metrics', 'kubernetes'] },
);

async function placeOf(
  url: string | null,
  cluster: FastifyInstance['cluster'],
): Promise<{ url: string; behind: string | null; close: () => Promise<void> }> {
  if (url !== null) return { url, behind: null, close: async () => undefined };
  if (cluster === null) throw new Error('there is neither a Prometheus nor a cluster: give --prometheus');
  const opened = await cluster.openPrometheus(AbortSignal.timeout(60_000));
  const isForwarded = new URL(opened.url).hostname === '127.0.0.1';
  const behind = isForwarded ? `Prometheus of linkerd-viz, through ${cluster.server}` : null;
  return { url: opened.url, behind, close: opened.close };
}
