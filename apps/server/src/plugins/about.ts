// Makes `app.about()` available: what the page has to know before any topic answers.

import { SUCCESS_TARGET } from '@latchwork/figures/targets';
import type { About } from '@latchwork/shared/about';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { NO_KUBERNETES } from '../feeds/inventory.ts';

declare module 'fastify' {
  interface FastifyInstance {
    about: () => About;
  }
}

export interface AboutOptions {
  readonly version: string;
  readonly config: Pick<Config, 'mode' | 'atSeconds' | 'tapOff' | 'latencyTargetMs'>;
}

export const aboutPlugin = fp<AboutOptions>(
  async (app, { version, config }) => {
    const { mode, atSeconds, tapOff, latencyTargetMs } = config;
    const { cluster, noTap } = app;
    const { ancestors, canSign, needsLink } = app.embed;
    const about: About = {
      version,
      build: `${version}-${app.pageBuild}`,
      mode,
      at: atSeconds === null ? null : new Date(atSeconds * 1000).toISOString(),
      source: app.prometheus.name,
      tap: app.tap
        ? { available: true, reason: null }
        : {
            available: false,
            reason: `${noTap.message}: ${noTap.remedy}`,
            ...(tapOff ? { off: true } : {}),
          },
      kubernetes: cluster
        ? { available: true, reason: null, server: cluster.server, identity: cluster.identity }
        : {
            available: false,
            reason: `${NO_KUBERNETES.message}: ${NO_KUBERNETES.remedy}`,
            server: null,
            identity: null,
          },
      embed: { ancestors: [...ancestors], canSign, needsLink },
      latencyTargetMs,
      successTarget: SUCCESS_TARGET,
    };
    const { storeClusters: clusters } = app;
    app.decorate('about', () =>
      clusters === null
        ? about
        : {
            ...about,
            clusters: { label: clusters.label, current: clusters.current, values: [...clusters.values()] },
          },
    );
  },
  { name: 'about', dependencies: ['web', 'prometheus', 'kubernetes', 'tap', 'embed', 'answers'] },
);
