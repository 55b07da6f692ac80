// HTTP door to every proxy's page and to the list of them.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpSd, ISSUER_PATH, issuerSd, mirrorSd, PROBES_PATH } from './http-sd.ts';
import { gatewayProbesPage } from './metrics/gateway-probes.ts';
import type { Scrapes } from './scrapes.ts';
import type { World } from './world.ts';

const PAGE = /^\/proxies\/([^/]+)\/([^/]+)\/metrics$/;

/** `now` is the clock; the world is brought up to it before it is read. */
export function metricsHandler(world: World, now: () => number, scrapes: Scrapes) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.method !== 'GET') {
      response.writeHead(405, { 'content-type': 'text/plain' }).end('only GET is answered here\n');
      return;
    }
    if (path === '/sd') {
      const address = request.headers.host ?? '';
      const { pods, scenario } = world.cluster;
      const targets = [
        ...httpSd(pods, { partOf: scenario.name, address, scrapes }),
        issuerSd(address),
        ...mirrorSd(address, scenario.farClusters),
      ];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(targets));
      return;
    }
    if (path === ISSUER_PATH) {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(issuerPage(scrapes));
      return;
    }
    const probed = world.cluster.scenario.farClusters.find(
      ({ name }) => name === PROBES_PATH.exec(path)?.[1],
    );
    if (probed) {
      const { startedAtMs, switches } = world;
      const downSinceMs = switches.gatewaysDown.get(probed.name) ?? null;
      const page = gatewayProbesPage(probed, { startedAtMs, downSinceMs, nowMs: now() });
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page);
      return;
    }
    const [, namespace, pod] = PAGE.exec(path) ?? [];
    const proxy = world.proxies.get(`${namespace}/${pod}`);
    if (!proxy) {
      const pods = [...world.proxies.keys()].join(', ');
      response
        .writeHead(404, { 'content-type': 'text/plain' })
        .end(`unknown path: ${path}; ask /sd or /proxies/NAMESPACE/POD/metrics of one of ${pods}\n`);
      return;
    }
    const own = world.cluster.pods.find((one) => one.key === `${namespace}/${pod}`);
    const mode = own ? scrapes.modeOf(own) : 'ok';
    if (mode === 'refuse') response.writeHead(403).end();
    // `hang` is to say nothing at all.
    if (mode === 'refuse' || mode === 'hang') return;
    const nowMs = now();
    world.advanceTo(nowMs);
    // Latin-1 is what the pages are made of, and three times as fast to write as UTF-8.
    const body = Buffer.from(proxy.page(nowMs), 'latin1');
    response
      .writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-length': body.length })
      .end(body);
  };
}

function issuerPage({ issuerDays }: Scrapes): string {
  return `# TYPE issuer_cert_ttl_seconds gauge\nissuer_cert_ttl_seconds ${issuerDays * 86_400}\n`;
}
