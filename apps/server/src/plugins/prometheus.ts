// Makes `app.prometheus` available: whom to ask, and what people call it. Without a URL it is the one of linkerd-viz.

import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { PrometheusConfig } from '../config.ts';
import { chooseProxy, type Environment } from '../network/proxy-choice.ts';
import type { OpenedPrometheus } from '../sources/kubernetes/forward/open-prometheus.ts';
import { createPrometheusClient, type PrometheusClient } from '../sources/prometheus/client.ts';

declare module 'fastify' {
  interface FastifyInstance {
    prometheus: {
      readonly client: PrometheusClient;
      readonly name: string;
      /** What is wrong with the way there; null when it is open. */
      readonly examineWay: OpenedPrometheus['examine'];
    };
  }
}

export interface PrometheusOptions {
  readonly prometheus: PrometheusConfig;
  readonly environment: Environment;
}

export const prometheusPlugin = fp<PrometheusOptions>(
  async (app, { prometheus, environment }) => {
    const { url, behind, login, tlsServerName, examine, close } = await placeOf(prometheus.url, app.cluster);
    const client = createPrometheusClient({
      ...prometheus,
      url,
      behind,
      tlsServerName,
      // What a flag says wins over what viz is told.
      ...(prometheus.user === null && prometheus.tokenFile === null ? { login } : {}),
      proxy: chooseProxy(url, environment, { knowsAllProxy: true }),
      examineWay: examine,
      observe: app.metrics.observeQuery,
    });
    app.decorate('prometheus', { client, name: behind ?? url, examineWay: examine });
    app.addHook('onClose', async () => {
      await client.close();
      await close();
    });
  },
  { name: 'prometheus', dependencies: ['metrics', 'kubernetes'] },
);

async function placeOf(url: string | null, cluster: FastifyInstance['cluster']): Promise<OpenedPrometheus> {
  if (url !== null)
    return {
      url,
      behind: null,
      login: null,
      tlsServerName: null,
      examine: async () => null,
      close: async () => undefined,
    };
  if (cluster === null) throw new Error('there is neither a Prometheus nor a cluster: give --prometheus');
  return cluster.openPrometheus(AbortSignal.timeout(60_000));
}
