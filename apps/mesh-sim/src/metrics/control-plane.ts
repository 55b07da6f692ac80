// The proxy's own life with its control plane: names resolved, certificate, and the three clients' balancers.

import { Balancers } from './balancers.ts';
import { Numbers } from './exposition.ts';
import { Requests } from './requests.ts';

const CLIENTS = ['identity', 'destination', 'policy', 'trace_collector'] as const;
const ADDRESSES = {
  identity: 'linkerd-identity-headless.linkerd.svc.cluster.local:8080',
  destination: 'linkerd-dst-headless.linkerd.svc.cluster.local:8086',
  policy: 'linkerd-policy.linkerd.svc.cluster.local:8090',
} as const;
const SERVER_IDS = {
  identity: 'linkerd-identity.linkerd.serviceaccount.identity.linkerd.cluster.local',
  destination: 'linkerd-destination.linkerd.serviceaccount.identity.linkerd.cluster.local',
  policy: 'linkerd-destination.linkerd.serviceaccount.identity.linkerd.cluster.local',
} as const;
const CONTROL_TIMEOUT_SECONDS = 30;
const CERTIFICATE_SECONDS = 86_400;
const RESOLVE_EVERY_SECONDS = 5;

export interface ControlPlaneOptions {
  readonly startedAtSeconds: number;
  /** Watches of this proxy: one for each Service it calls, one for each port it serves. */
  readonly destinations: number;
  readonly policies: number;
}

export class ControlPlane {
  readonly #requests = new Requests('control_');
  readonly #resolutions = new Numbers({
    name: 'control_dns_resolutions',
    help: 'Counts the number of DNS records that have been resolved..',
    type: 'counter',
    dialect: 'client',
  });
  readonly #expires = new Numbers({
    name: 'control_identity_cert_expiration_timestamp_seconds',
    help: "Time when this proxy's current mTLS identity certificate will expire (in seconds since the UNIX epoch).",
    unit: 'seconds',
    type: 'gauge',
    dialect: 'client',
    float: true,
  });
  readonly #refreshed = new Numbers({
    name: 'control_identity_cert_refresh_timestamp_seconds',
    help: "Time when this proxy's current mTLS identity certificate was last updated.",
    unit: 'seconds',
    type: 'gauge',
    dialect: 'client',
    float: true,
  });
  readonly #refreshes = new Numbers({
    name: 'control_identity_cert_refreshes',
    help: "The total number of times this proxy's mTLS identity certificate has been refreshed by the Identity provider.",
    type: 'counter',
    dialect: 'client',
  });
  readonly #balancers = {
    identity: new Balancers('control_identity_balancer'),
    destination: new Balancers('control_destination_balancer'),
    policy: new Balancers('control_policy_balancer'),
  };
  readonly #startedAtSeconds: number;

  constructor({ startedAtSeconds, destinations, policies }: ControlPlaneOptions) {
    this.#startedAtSeconds = startedAtSeconds;
    const watches = { identity: 1, destination: destinations, policy: policies };
    for (const client of ['identity', 'destination', 'policy'] as const) {
      const flow = this.#requests.flow(
        `addr="${ADDRESSES[client]}",tls="true",server_id="${SERVER_IDS[client]}"`,
      );
      const balancer = this.#balancers[client].balancer(`addr="${ADDRESSES[client]}"`, {
        // The identity client closes its balancer between renewals.
        ready: client === 'identity' ? 0 : 1,
        openedAtSeconds: startedAtSeconds,
        timeoutSeconds: CONTROL_TIMEOUT_SECONDS,
      });
      for (let i = 0; i < watches[client]; i++) {
        flow.answer(200, client === 'identity' ? 374 : 14 + i * 6);
        balancer.queued(client === 'identity' ? 0.33 : 0.0003);
      }
      if (client === 'identity') flow.finish({ status: 200, grpcStatus: 0, success: true });
    }
    this.#expires.set(Math.floor(startedAtSeconds) + CERTIFICATE_SECONDS);
    this.#refreshed.set(startedAtSeconds + 0.6);
    this.#refreshes.set(1, 'result="ok"');
    this.#refreshes.set(0, 'result="error"');
  }

  get requestFamilies() {
    return this.#requests.families;
  }

  get families() {
    const { identity, destination, policy } = this.#balancers;
    return [
      this.#resolutions,
      this.#expires,
      this.#refreshed,
      this.#refreshes,
      ...identity.families,
      ...destination.families,
      ...policy.families,
    ];
  }

  update(nowSeconds: number): void {
    const resolved = Math.floor((nowSeconds - this.#startedAtSeconds) / RESOLVE_EVERY_SECONDS);
    for (const client of CLIENTS)
      for (const type of ['A/AAAA', 'SRV'])
        for (const result of ['ok', 'not_found']) {
          const watched = client === 'destination' || client === 'policy';
          const count = watched ? resolved : client === 'identity' ? 1 : 0;
          this.#resolutions.set(
            type === 'SRV' && result === 'ok' ? count : 0,
            `client="${client}",record_type="${type}",result="${result}"`,
          );
        }
  }
}
