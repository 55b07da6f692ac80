// HTTP door to every proxy's page and to the list of them.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpSd } from './http-sd.ts';
import type { World } from './world.ts';

const PAGE = /^\/proxies\/([^/]+)\/([^/]+)\/metrics$/;

/** `now` is the clock; the world is brought up to it before it is read. */
export function metricsHandler(world: World, now: () => number) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.method !== 'GET') {
      response.writeHead(405, { 'content-type': 'text/plain' }).end('only GET is answered here\n');
      return;
    }
    if (path === '/sd') {
      const address = request.headers.host ?? '';
      const targets = httpSd(world.cluster.pods, world.cluster.scenario.name, address);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(targets));
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
    const nowMs = now();
    world.advanceTo(nowMs);
    // Latin-1 is what the pages are made of, and three times as fast to write as UTF-8.
    const body = Buffer.from(proxy.page(nowMs), 'latin1');
    response
      .writeHead(200, { 'content-type': 'text/plain; version=0.0.4', 'content-length': body.length })
      .end(body);
  };
}
