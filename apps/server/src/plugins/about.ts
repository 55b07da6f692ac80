// Makes `app.about()` available: what the page has to know before any topic answers.

import type { About } from '@latchwork/shared/about';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { NO_TAP } from '../feeds/top.ts';

declare module 'fastify' {
  interface FastifyInstance {
    about: () => About;
  }
}

export interface AboutOptions {
  readonly version: string;
  readonly config: Pick<Config, 'mode' | 'atSeconds' | 'prometheus' | 'latencyTargetMs'>;
}

/** Below it a success rate is shown as poor. */
const SUCCESS_TARGET = 0.99;

export const aboutPlugin = fp<AboutOptions>(
  async (app, { version, config }) => {
    const { mode, atSeconds, prometheus, latencyTargetMs } = config;
    const about: About = {
      version,
      build: `${version}-${app.pageBuild}`,
      mode,
      at: atSeconds === null ? null : new Date(atSeconds * 1000).toISOString(),
      source: prometheus.url,
      tap: app.tap
        ? { available: true, reason: null }
        : { available: false, reason: `${NO_TAP.message}: ${NO_TAP.remedy}` },
      latencyTargetMs,
      successTarget: SUCCESS_TARGET,
    };
    app.decorate('about', () => about);
  },
  { name: 'about', dependencies: ['web', 'tap'] },
);
