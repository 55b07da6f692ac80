// Who may talk to this server and what its pages may do: Host and Origin checks, and headers.

import helmet from '@fastify/helmet';
import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type HostRules, hostSetting, isAllowedHost, isAllowedOrigin } from '../security/allowed-host.ts';
import { arrivalOf } from '../security/arrival.ts';
import { plainPage } from '../security/plain-page.ts';
import { isProbe } from '../security/probe.ts';
import { redactedUrl } from '../security/redacted-url.ts';
import { closeRefusedUpgrade, isUpgrade } from '../security/refused-upgrade.ts';

export interface SecurityOptions {
  readonly hostRules: HostRules;
  readonly basePath: string;
  /** Origins whose pages may frame what is under /embed/; nothing else can be framed. */
  readonly embedAncestors: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it came by a name that this server goes by: what answers to any name has little to say without. */
    isNamed: boolean;
  }
}

const DIRECTIVES = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
} as const;

export const securityPlugin = fp<SecurityOptions>(
  async (app, { hostRules, basePath, embedAncestors }) => {
    app.decorateRequest('isNamed', false);
    // First, so that refusals carry the headers too.
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { ...DIRECTIVES, 'frame-ancestors': ["'none'"] },
      },
      // Plain HTTP on loopback is normal: a browser must not be told to insist on TLS.
      strictTransportSecurity: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    });

    const embedPolicy = Object.entries({
      ...DIRECTIVES,
      'frame-ancestors': embedAncestors.length > 0 ? embedAncestors : ["'none'"],
    })
      .map(([name, values]) => `${name} ${values.join(' ')}`)
      .join(';');
    app.addHook('onRequest', async (request, reply) => {
      if (!request.routeOptions.url?.startsWith(`${basePath}/embed/`)) return;
      // By the policy alone: the older header knows no list of origins, and would win in old browsers.
      reply.raw.removeHeader('x-frame-options');
      reply.raw.removeHeader('cross-origin-opener-policy');
      reply.raw.setHeader('content-security-policy', embedPolicy);
      reply.raw.setHeader('cross-origin-resource-policy', 'cross-origin');
    });

    app.addHook('onRequest', async (request, reply) => {
      const { host, origin } = request.headers;
      const { url: route } = request.routeOptions;
      // What was measured a moment ago is nobody's to keep.
      if (route?.startsWith(`${basePath}/api/`)) reply.header('cache-control', 'no-store');
      // Load balancers probe by the address of a node, and cannot be told another name: a probe tells nothing of the mesh.
      if (isUpgrade(request) && !SOCKETS.some((path) => route === basePath + path))
        return refuseUpgrade(request, reply);
      request.isNamed = isAllowedHost(host, hostRules, arrivalOf(request));
      if (isProbe(route, basePath)) return;
      // The page that explains a refusal has to be readable by the refused: it tells them only what they sent.
      if (request.routeOptions.url === basePath + PATHS.connection) return;
      if (!request.isNamed) return refuse(request, reply, 'Host', host);
      if (
        isWatched(request) &&
        !isAllowedOrigin(origin, host, hostRules, request.headers['x-forwarded-proto']) &&
        !isSandboxed(request, basePath)
      )
        return refuse(request, reply, 'Origin', origin?.replace(/^https?:\/\//, ''));
    });
  },
  { name: 'security' },
);

const SOCKETS: readonly string[] = [PATHS.live, PATHS.embedLive];

/** Before anything is upgraded, or said of the address that it came with. */
function refuseUpgrade(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  closeRefusedUpgrade(request, reply);
  const problem: Problem = { error: 'no-socket', message: 'there is no WebSocket at this address' };
  return reply.code(404).type('application/json').send(problem);
}

/** What another site's page could do in a reader's name: open a socket, or post. */
function isWatched(request: FastifyRequest): boolean {
  return isUpgrade(request) || (request.method !== 'GET' && request.method !== 'HEAD');
}

/** A frame that a wiki sandboxed has no origin. Its signed link, which the route checks, is all that it needs. */
function isSandboxed({ headers, routeOptions, query }: FastifyRequest, basePath: string): boolean {
  const link = (query as { link?: unknown } | null)?.link;
  return (
    headers.origin === 'null' && routeOptions.url === basePath + PATHS.embedLive && typeof link === 'string'
  );
}

/** Says which setting would let it in: whoever may start the server may decide, nobody else can. */
function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  header: 'Host' | 'Origin',
  value: string | undefined,
): FastifyReply {
  // A host of that name would be no help: no setting lets in what has no origin.
  const isNobodys = header === 'Origin' && request.headers.origin === 'null';
  const setting = isNobodys ? null : hostSetting(value);
  const what = setting
    ? `the ${header} "${setting}" is not among the hosts that this server answers to`
    : isNobodys
      ? 'the page that asks has no origin: it is in a sandbox, or a file'
      : `the ${header} header is missing or malformed`;
  const remedy = setting
    ? `start it with --allowed-host ${setting}, or with LATCHWORK_ALLOWED_HOST=${setting}`
    : isNobodys
      ? 'add allow-same-origin to the sandbox attribute of the frame, or frame /embed/graph with a signed link'
      : `open it by its name, such as http://localhost:${request.socket?.localPort ?? 8470}`;
  closeRefusedUpgrade(request, reply);
  request.log.warn({ header, value, url: redactedUrl(request.url) }, 'refused a request of an unknown host');
  reply.code(403);
  if (/\btext\/html\b/.test(request.headers.accept ?? ''))
    return reply.type('text/html; charset=utf-8').send(
      plainPage({
        title: 'This name is not allowed yet',
        paragraphs: [
          `Latchwork does not answer here, because ${what}. That keeps other web sites from reading your mesh through your browser.`,
          setting ? 'If this name is meant to work, start Latchwork with:' : `Please ${remedy}.`,
          `${PATHS.connection} under the same address shows everything of your connection that arrived.`,
        ],
        commands: setting ? [`--allowed-host ${setting}`, `LATCHWORK_ALLOWED_HOST=${setting}`] : [],
      }),
    );
  const problem: Problem = { error: 'host-not-allowed', message: what, remedy };
  return reply.type('application/json').send(problem);
}
