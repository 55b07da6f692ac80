// The server's table of contents: what it is made of, in the order it is put together.

import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import { SUCCESS_TARGET } from '@latchwork/figures/targets';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import type { Config } from './config.ts';
import { parseQuery, setCompilers } from './contract/compilers.ts';
import { answerFrameworkError, handleErrors } from './errors.ts';
import type { Environment } from './network/proxy-choice.ts';
import { aboutPlugin } from './plugins/about.ts';
import { accessPlugin } from './plugins/access.ts';
import { type AnswersPluginOptions, answersPlugin } from './plugins/answers.ts';
import { embedPlugin } from './plugins/embed.ts';
import { type ClusterAccess, type KubernetesOptions, kubernetesPlugin } from './plugins/kubernetes.ts';
import { liveHubPlugin } from './plugins/live-hub.ts';
import { metricsPlugin } from './plugins/metrics.ts';
import { problemsPlugin } from './plugins/problems.ts';
import { prometheusPlugin } from './plugins/prometheus.ts';
import { securityPlugin } from './plugins/security.ts';
import { type TapOptions, tapPlugin } from './plugins/tap.ts';
import { webPlugin } from './plugins/web.ts';
import { aboutRoutes } from './routes/about.ts';
import { connectionRoutes } from './routes/connection.ts';
import { docsRoutes } from './routes/docs.ts';
import { embedBadgeRoutes } from './routes/embed-badge.ts';
import { embedFrameRoutes } from './routes/embed-frame.ts';
import { embedLinkRoutes } from './routes/embed-link.ts';
import { embedLiveRoutes } from './routes/embed-live.ts';
import { embedOembedRoutes } from './routes/embed-oembed.ts';
import { embedPictureRoutes } from './routes/embed-pictures.ts';
import { findingsRoutes } from './routes/findings.ts';
import { graphRoutes } from './routes/graph.ts';
import { healthRoutes } from './routes/health.ts';
import { inventoryRoutes } from './routes/inventory.ts';
import { liveRoutes, MAX_PAYLOAD_BYTES } from './routes/live.ts';
import { liveEventsRoutes } from './routes/live-events.ts';
import { loginRoutes } from './routes/login.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { problemsRoutes } from './routes/problems.ts';
import { workloadRoutes } from './routes/workload.ts';
import { workloadsRoutes } from './routes/workloads.ts';

/** What stands in for the outside world in tests. */
export type AppFakes = Pick<AnswersPluginOptions, 'answers' | 'checkPrometheus'> &
  Pick<TapOptions, 'tap'> &
  Pick<KubernetesOptions, 'cluster'>;

export interface AppOptions {
  readonly config: Config;
  readonly version: string;
  /** Null or absent: no cluster is asked. */
  readonly cluster?: ClusterAccess | null;
  /** Where proxies are named. */
  readonly environment?: Environment;
  /** The folder with the built page. */
  readonly webRoot: string;
  readonly logger?: FastifyServerOptions['logger'];
  readonly fakes?: AppFakes;
  readonly nowMs?: () => number;
  readonly pingEveryMs?: number;
}

/** Nothing is kept between messages, so that a socket costs no window; what many get is compressed once, by ourselves. */
const SOCKET_COMPRESSION = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  serverMaxWindowBits: 15,
  threshold: Number.MAX_SAFE_INTEGER,
} as const;

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, version, webRoot, fakes = {}, nowMs = Date.now } = options;
  const { basePath: prefix } = config;
  const app = Fastify({
    logger: options.logger ?? false,
    // Every page asks all the time: that is no news.
    logController: new LogController({ disableRequestLogging: true }),
    // An open page must not hold up the end.
    forceCloseConnections: true,
    frameworkErrors: answerFrameworkError,
    // A name of Kubernetes has up to 253 characters.
    routerOptions: { querystringParser: parseQuery, maxParamLength: 300 },
  });
  setCompilers(app);
  handleErrors(app);

  const hostRules = { listenHost: config.host, allowedHosts: config.allowedHosts };
  await app.register(securityPlugin, {
    hostRules,
    basePath: prefix,
    embedAncestors: config.embed.ancestors,
  });
  await app.register(accessPlugin, { tokenFile: config.accessTokenFile, basePath: prefix });
  await app.register(websocket, {
    options: { maxPayload: MAX_PAYLOAD_BYTES, perMessageDeflate: SOCKET_COMPRESSION },
  });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: toInfo(version) },
    // The WebSocket plugin hides its routes; ours is the one that scripts ask about most.
    transform: ({ schema, url, route }) => ({
      url,
      schema: route.wsHandler ? { ...schema, hide: false } : schema,
    }),
  });

  const targets = { successTarget: SUCCESS_TARGET, latencyTargetMs: config.latencyTargetMs };
  await app.register(metricsPlugin);
  await app.register(kubernetesPlugin, { ...fakes, access: options.cluster ?? null, nowMs });
  await app.register(prometheusPlugin, {
    prometheus: config.prometheus,
    environment: options.environment ?? {},
  });
  await app.register(answersPlugin, {
    ...fakes,
    matchers: config.prometheus.matchers,
    atSeconds: config.atSeconds,
    nowMs,
    targets,
  });
  await app.register(problemsPlugin, {
    matchers: config.prometheus.matchers,
    targets,
    acceptedFile: config.acceptedFile,
    nowMs,
  });
  await app.register(tapPlugin, {
    ...fakes,
    tapUrl: config.tapUrl,
    tapOff: config.tapOff,
    recorded: config.mode === 'replay',
  });
  await app.register(liveHubPlugin, { nowMs });
  await app.register(webPlugin, { basePath: prefix, webRoot });
  await app.register(embedPlugin, { ...config.embed, nowMs });
  await app.register(aboutPlugin, { config, version });

  await app.register(graphRoutes, { prefix });
  await app.register(workloadsRoutes, { prefix });
  await app.register(workloadRoutes, { prefix });
  await app.register(inventoryRoutes, { prefix });
  await app.register(problemsRoutes, { prefix });
  await app.register(findingsRoutes, { prefix });
  const live = { prefix, ...(options.pingEveryMs ? { pingEveryMs: options.pingEveryMs } : {}) };
  await app.register(liveRoutes, live);
  await app.register(liveEventsRoutes, { prefix });
  await app.register(embedLiveRoutes, live);
  for (const routes of [
    embedFrameRoutes,
    embedPictureRoutes,
    embedBadgeRoutes,
    embedOembedRoutes,
    loginRoutes,
  ])
    await app.register(routes, { prefix, basePath: prefix });
  await app.register(embedLinkRoutes, { prefix });
  await app.register(connectionRoutes, { prefix, basePath: prefix, hostRules });
  await app.register(aboutRoutes, { prefix });
  await app.register(docsRoutes, { prefix, basePath: prefix });
  // Probes and scrapes know the port, not the path that a proxy in front of it uses.
  for (const place of new Set([prefix, ''])) {
    await app.register(healthRoutes, { prefix: place });
    await app.register(metricsRoutes, { prefix: place });
  }
  return app;
}

function toInfo(version: string) {
  return {
    title: 'Latchwork',
    version,
    description:
      'Who talks to whom in a Linkerd mesh, how well, and whether it is locked. Read only: nothing here changes a cluster.',
  };
}
