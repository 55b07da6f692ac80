// The server's table of contents: what it is made of, in the order it is put together.

import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import { SUCCESS_TARGET } from '@latchwork/figures/targets';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import type { Config } from './config.ts';
import { parseQuery, setCompilers } from './contract/compilers.ts';
import { handleErrors } from './errors.ts';
import type { Environment } from './network/proxy-choice.ts';
import { aboutPlugin } from './plugins/about.ts';
import { accessPlugin } from './plugins/access.ts';
import { type AnswersPluginOptions, answersPlugin } from './plugins/answers.ts';
import { askedPlugin } from './plugins/asked.ts';
import { badAddressAnswer } from './plugins/bad-address.ts';
import { checksPlugin } from './plugins/checks.ts';
import { type Contexts, contextsPlugin } from './plugins/contexts.ts';
import { drawingPlugin } from './plugins/drawing.ts';
import { embedPlugin } from './plugins/embed.ts';
import { guardingPlugin } from './plugins/guarding.ts';
import { identityPlugin } from './plugins/identity.ts';
import { type ClusterAccess, type KubernetesOptions, kubernetesPlugin } from './plugins/kubernetes.ts';
import { limitsPlugin } from './plugins/limits.ts';
import { linksPlugin } from './plugins/links.ts';
import { liveHubPlugin } from './plugins/live-hub.ts';
import { metricsPlugin } from './plugins/metrics.ts';
import { compressionPlugin } from './plugins/page/compression.ts';
import { webPlugin } from './plugins/page/web.ts';
import { createPersonReviews } from './plugins/person-rights.ts';
import { problemsPlugin } from './plugins/problems.ts';
import { prometheusPlugin } from './plugins/prometheus.ts';
import { recordPlugin } from './plugins/record.ts';
import { rightsPlugin } from './plugins/rights.ts';
import { securityPlugin } from './plugins/security.ts';
import { type TapOptions, tapPlugin } from './plugins/tap.ts';
import { unreadPlugin } from './plugins/unread.ts';
import { createWays } from './plugins/ways.ts';
import { aboutRoutes } from './routes/about.ts';
import { checksRoutes } from './routes/checks.ts';
import { connectionRoutes } from './routes/connection.ts';
import { contextRoutes } from './routes/context.ts';
import { docsRoutes } from './routes/docs.ts';
import { doctorRoutes } from './routes/doctor.ts';
import { embedBadgeRoutes } from './routes/embed/embed-badge.ts';
import { embedFrameRoutes } from './routes/embed/embed-frame.ts';
import { embedLinkRoutes } from './routes/embed/embed-link.ts';
import { embedLiveRoutes } from './routes/embed/embed-live.ts';
import { embedOembedRoutes } from './routes/embed/embed-oembed.ts';
import { embedPictureRoutes } from './routes/embed/embed-pictures.ts';
import { findingsRoutes } from './routes/findings.ts';
import { graphRoutes } from './routes/graph.ts';
import { healthRoutes } from './routes/health.ts';
import { inventoryRoutes } from './routes/inventory.ts';
import { labelsRoutes } from './routes/labels.ts';
import { liveRoutes, SOCKET_OPTIONS } from './routes/live/live.ts';
import { liveEventsRoutes } from './routes/live/live-events.ts';
import { loginRoutes } from './routes/login.ts';
import { logoutRoutes } from './routes/logout.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { objectRoutes } from './routes/object.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { podPairRoutes } from './routes/pod-pairs.ts';
import { policyRoutes } from './routes/policies.ts';
import { problemsRoutes } from './routes/problems.ts';
import { responseRoutes } from './routes/responses.ts';
import { routeRoutes } from './routes/routes.ts';
import { statRoutes } from './routes/stat.ts';
import { workloadRoutes } from './routes/workload.ts';
import { workloadsRoutes } from './routes/workloads.ts';
import { toAddresses } from './security/address.ts';
import { roleOfAnybody, secretFiles } from './security/openness.ts';

/** What stands in for the outside world in tests. */
export type AppFakes = Pick<AnswersPluginOptions, 'answers' | 'checkPrometheus'> &
  Pick<TapOptions, 'tap'> &
  Pick<KubernetesOptions, 'cluster'>;

export interface AppOptions {
  readonly config: Config;
  readonly version: string;
  /** Null or absent: no cluster is asked. */
  readonly cluster?: ClusterAccess | null;
  /** Absent: nobody may choose another one. */
  readonly contexts?: Contexts | null;
  /** Where proxies are named. */
  readonly environment?: Environment;
  /** The folder with the built page. */
  readonly webRoot: string;
  readonly logger?: FastifyServerOptions['logger'];
  readonly fakes?: AppFakes;
  readonly nowMs?: () => number;
  readonly pingEveryMs?: number;
}

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, version, webRoot, fakes = {}, nowMs = Date.now } = options;
  const { basePath: prefix } = config;
  const hostRules = { listenHost: config.host, allowedHosts: config.allowedHosts };
  const proxies = toAddresses(config.access.trustedProxies);
  const app = Fastify({
    ...DEADLINES,
    trustProxy: (address) => proxies.has(address),
    logger: options.logger ?? false,
    // Every page asks all the time: that is no news.
    logController: new LogController({ disableRequestLogging: true }),
    // An open page must not hold up the end.
    forceCloseConnections: true,
    frameworkErrors: badAddressAnswer(hostRules),
    // A name of Kubernetes has up to 253 characters.
    routerOptions: { querystringParser: parseQuery, maxParamLength: 300 },
  });
  // A socket stays as long as its page; every other answer has an end.
  app.addHook('onRoute', (route) => {
    if (!route.wsHandler) route.handlerTimeout ??= HANDLER_TIMEOUT_MS;
  });
  setCompilers(app);
  handleErrors(app);

  await app.register(compressionPlugin);
  await app.register(unreadPlugin);
  await app.register(recordPlugin, { isSilent: config.logLevel === 'silent' });
  await app.register(limitsPlugin, { basePath: prefix, nowMs });
  await app.register(linksPlugin, { ...config.embed, nowMs });
  await app.register(guardingPlugin, { files: secretFiles(config), nowMs });
  await app.register(securityPlugin, {
    hostRules,
    basePath: prefix,
    embedAncestors: config.embed.ancestors,
  });
  const ways = createWays(config.access, proxies, nowMs);
  await app.register(identityPlugin, { ...ways, anybody: roleOfAnybody(config), basePath: prefix });
  await app.register(accessPlugin, { logins: ways.logins, basePath: prefix });
  await app.register(websocket, { options: SOCKET_OPTIONS });
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
  await app.register(checksPlugin, {
    atSeconds: config.atSeconds,
    isWatched: config.watchHealth,
    version,
    nowMs,
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
    redaction: config.tapHeaders,
    recorded: config.mode === 'replay',
  });
  await app.register(liveHubPlugin, { atSeconds: config.atSeconds, nowMs });
  await app.register(webPlugin, { basePath: prefix, webRoot });
  const reviews = config.access.byRights ? createPersonReviews(app, nowMs) : null;
  await app.register(askedPlugin);
  await app.register(rightsPlugin, { reviews, basePath: prefix });
  await app.register(drawingPlugin);
  await app.register(embedPlugin, config.embed);
  await app.register(contextsPlugin, { contexts: options.contexts ?? null });
  await app.register(aboutPlugin, { config, version });

  await app.register(graphRoutes, { prefix });
  await app.register(workloadsRoutes, { prefix });
  await app.register(workloadRoutes, { prefix });
  await app.register(routeRoutes, { prefix });
  await app.register(podPairRoutes, { prefix });
  await app.register(responseRoutes, { prefix });
  await app.register(statRoutes, { prefix });
  await app.register(policyRoutes, { prefix });
  await app.register(inventoryRoutes, { prefix });
  await app.register(labelsRoutes, { prefix });
  await app.register(objectRoutes, { prefix });
  await app.register(problemsRoutes, { prefix });
  await app.register(findingsRoutes, { prefix });
  await app.register(checksRoutes, { prefix });
  await app.register(doctorRoutes, { prefix });
  const live = { prefix, ...(options.pingEveryMs ? { pingEveryMs: options.pingEveryMs } : {}) };
  await app.register(liveRoutes, live);
  await app.register(liveEventsRoutes, { prefix });
  await app.register(embedLiveRoutes, live);
  for (const routes of [embedFrameRoutes, embedPictureRoutes, embedBadgeRoutes, embedOembedRoutes])
    await app.register(routes, { prefix, basePath: prefix });
  await app.register(loginRoutes, { prefix, basePath: prefix, tokens: ways.tokens });
  await app.register(oidcRoutes, {
    prefix,
    basePath: prefix,
    oidc: ways.oidc,
    rules: config.access.oidc,
    nowMs,
  });
  await app.register(logoutRoutes, { prefix, basePath: prefix, oidc: ways.oidc });
  await app.register(embedLinkRoutes, { prefix });
  await app.register(connectionRoutes, { prefix, basePath: prefix, hostRules });
  await app.register(contextRoutes, { prefix });
  await app.register(aboutRoutes, { prefix });
  await app.register(docsRoutes, { prefix, basePath: prefix });
  // Probes and scrapes know the port, not the path that a proxy in front of it uses.
  for (const place of new Set([prefix, ''])) {
    await app.register(healthRoutes, { prefix: place });
    await app.register(metricsRoutes, { prefix: place });
  }
  return app;
}

/** A handler that waits for a store answers within 20 s. */
const HANDLER_TIMEOUT_MS = 30_000;

/** In ms: whoever sends or reads nothing at all for longer is gone. */
const DEADLINES = {
  requestTimeout: 20_000,
  connectionTimeout: 45_000,
  // Whoever asks for no host gets the probes alone, which old balancers need.
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000, requireHostHeader: false },
} as const;

function toInfo(version: string) {
  return {
    title: 'Latchwork',
    version,
    description:
      'Who talks to whom in a Linkerd mesh, how well, and whether it is locked. Read only: nothing here changes a cluster.',
  };
}
