// What the connections of its own pod that carry no HTTP change in a proxy.

import type { Pod } from '../cluster.ts';
import type { Flow } from '../exchange.ts';
import type { ConnectionRoute } from '../scenario/scenario.ts';
import { applicationLabels, type OutboundFamilies, outboundEndpointLabels } from './outbound-families.ts';
import { connectionNames } from './outbound-names.ts';
import type { Connections, Transport } from './transport.ts';

export interface OutboundLinksOptions {
  readonly pod: Pod;
  readonly outbound: OutboundFamilies;
  readonly transport: Transport;
  readonly routes: readonly ConnectionRoute[];
}

export class OutboundLinks {
  readonly #options: OutboundLinksOptions;
  /** The endpoint that a link is connected to now, by what it asked for. */
  readonly #current = new Map<string, { labels: string; connections: Connections }>();

  constructor(options: OutboundLinksOptions) {
    this.#options = options;
  }

  flow(flow: Flow): void {
    const { pod, outbound, transport, routes } = this.#options;
    const { destination, target, port, secured, held, opened, readBytes, writtenBytes, atMs } = flow;
    const external = destination.type === 'external';
    const asked = external ? destination.external.host : destination.service.key;
    const labels = outboundEndpointLabels(pod, destination, target, port, secured);
    const before = this.#current.get(asked);
    const isNew = before?.labels !== labels;
    if (before && isNew) before.connections.close();
    const connections = transport.connections(`direction="outbound",peer="dst",${labels}`);
    const application = transport.connections(applicationLabels(destination, target, port));
    if (isNew) {
      this.#current.set(asked, { labels, connections });
      connections.open(held);
      if (application.openCount === 0) application.open(held);
    }
    connections.pass(opened);
    application.pass(opened);
    connections.move(readBytes, writtenBytes);
    application.move(writtenBytes, readBytes);
    outbound.moved(target, pod, external, writtenBytes, readBytes);

    const names = connectionNames(destination, routes);
    const texts = outbound.texts(names);
    const made = opened + (isNew ? held : 0);
    outbound.protocols.connected(external ? 'detect' : 'opaq', texts.parent, made);
    if (external) for (let i = 0; i < made; i++) outbound.detection.detected(texts.parent, 'not_http');
    const balancer = outbound.balancer('tcp', destination, texts, atMs);
    for (let i = 0; i < made; i++) balancer?.queued(0.0003);
    const targets =
      names.protocol === 'tls'
        ? 'hostname=""'
        : external
          ? `target_ip="${destination.external.ip}",target_port="${port}"`
          : `target_ip="",target_port="${destination.service.port}"`;
    const closed = opened + (isNew && before ? held : 0);
    const ofProtocol = names.protocol === 'tls' ? outbound.tlsRoutes : outbound.tcpRoutes;
    ofProtocol.moved(`${texts.parent},${texts.route},${targets}`, made, closed);
  }
}
