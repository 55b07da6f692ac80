// The control door: switches failures on and off. Every refusal names what would have been allowed.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { idOf, type Pod } from './cluster.ts';
import { ControlRefusal, numberOf, oneOf } from './control-refusal.ts';
import { toInventoryState } from './inventory-state.ts';
import type { Kubernetes } from './kubernetes/kubernetes.ts';
import { createKubernetesSwitches, KUBERNETES_SWITCHES } from './kubernetes/switches.ts';
import type { Ledger } from './ledger.ts';
import { RELAY_MODES, type Relay } from './relay.ts';
import type { Workload } from './scenario/scenario.ts';
import { LABEL_MODES, SCRAPE_MODES, type Scrapes } from './scrapes.ts';
import { toState } from './state.ts';
import type { World } from './world.ts';

export interface ControlOptions {
  readonly world: World;
  readonly ledger: Ledger;
  readonly relays: Readonly<Record<'prometheus' | 'tap', Relay>>;
  readonly scrapes: Scrapes;
  readonly kubernetes: Kubernetes;
  readonly now: () => number;
}

const RESTARTS = ['pod', 'container'] as const;
const GATEWAY_MODES = ['up', 'down'] as const;

const ALLOWED = [
  'POST /fail/NAMESPACE/NAME?rate=0.5',
  'POST /slow/NAMESPACE/NAME?factor=5',
  'POST /idle/NAMESPACE/NAME',
  'POST /restart/NAMESPACE/POD-OR-NAME?how=pod|container',
  'POST /split/NAMESPACE/ROUTE?weights=85,15',
  `POST /gateway/CLUSTER?mode=${GATEWAY_MODES.join('|')}`,
  'POST /unlock?source=ID&target=ID',
  `POST /relay/prometheus?mode=${RELAY_MODES.join('|')}`,
  'POST /relay/tap?mode=…',
  `POST /scrape/NAMESPACE/NAME?mode=${SCRAPE_MODES.join('|')}`,
  `POST /scrape-labels?mode=${LABEL_MODES.join('|')}`,
  'POST /issuer?days=21',
  ...KUBERNETES_SWITCHES,
  'POST /reset',
  'GET /state?window=60',
  'POST /token',
];
const ISSUER_DAYS = { fallback: 21, min: -1_000, max: 10_000 };
const WINDOW_SECONDS = { fallback: 60, min: 1, max: 600 };

export function controlHandler({ world, ledger, relays, scrapes, kubernetes, now }: ControlOptions) {
  const { cluster, switches } = world;
  const kubernetesSwitches = createKubernetesSwitches(kubernetes, now);
  const workloads = cluster.scenario.workloads.filter(({ infrastructure }) => !infrastructure);

  function workloadOf(namespace: string, name: string, kind: 'any' | 'answers requests'): Workload {
    const fits = workloads.filter(
      ({ listener }) => kind === 'any' || (listener !== undefined && listener.protocol !== 'tcp'),
    );
    const found = fits.find((one) => one.namespace === namespace && one.name === name);
    if (found) return found;
    const names = fits.map((one) => `${one.namespace}/${one.name}`).join(', ');
    throw new ControlRefusal(404, `unknown workload: ${namespace}/${name}; allowed are ${names}`);
  }

  function podsOf(namespace: string, name: string): readonly Pod[] {
    const pods = cluster.pods.filter((pod) => pod.meshed && pod.namespace === namespace);
    const found = pods.filter((pod) => pod.name === name || pod.workload.name === name);
    if (found.length > 0) return found;
    const names = pods.map((pod) => pod.key).join(', ') || cluster.pods.map((pod) => pod.key).join(', ');
    throw new ControlRefusal(404, `unknown pod: ${namespace}/${name}; allowed are ${names}`);
  }

  function workloadIdOf(query: URLSearchParams, name: 'source' | 'target'): string {
    const id = query.get(name) ?? '';
    if (cluster.podsOf.get(id)?.some((pod) => pod.meshed)) return id;
    const ids = workloads.filter(({ replicas }) => replicas.some(({ meshed }) => meshed)).map(idOf);
    throw new ControlRefusal(400, `bad ${name}: ${id}; allowed are ${ids.join(', ')}`);
  }

  function turnRelay(name: string, mode: string | null): void {
    const relay = name === 'prometheus' || name === 'tap' ? relays[name] : null;
    if (!relay) throw new ControlRefusal(404, `unknown relay: ${name}; allowed are prometheus, tap`);
    relay.turn(oneOf('mode', mode, RELAY_MODES));
  }

  function turnGateway(name: string, mode: (typeof GATEWAY_MODES)[number]): void {
    const names = cluster.scenario.farClusters.map((far) => far.name);
    if (!names.includes(name))
      throw new ControlRefusal(404, `unknown cluster: ${name}; allowed are ${names.join(', ') || 'none'}`);
    if (mode === 'down') switches.gatewaysDown.set(name, now());
    else switches.gatewaysDown.delete(name);
  }

  function reweigh(namespace: string, route: string, text: string | null): void {
    const splits = [...cluster.services.values()].filter(({ split }) => split);
    const found = splits.find((one) => one.namespace === namespace && one.split?.route === route);
    if (!found?.split) {
      const names = splits.map((one) => `${one.namespace}/${one.split?.route}`).join(', ');
      throw new ControlRefusal(404, `unknown split: ${namespace}/${route}; allowed are ${names}`);
    }
    const weights = (text ?? '').split(',').map(Number);
    const count = found.split.backends.length;
    if (weights.length !== count || !weights.every((one) => Number.isInteger(one) && one >= 0))
      throw new ControlRefusal(400, `bad weights: ${text}; allowed are ${count} whole numbers such as 85,15`);
    switches.reweigh(`${namespace}/${route}`, weights, now());
    kubernetes.follow();
  }

  function act(parts: readonly string[], query: URLSearchParams): void {
    // What happened before the switch happened without it.
    world.advanceTo(now());
    const [verb, first = '', second = ''] = parts;
    if (verb === 'fail' && parts.length === 3) {
      const id = idOf(workloadOf(first, second, 'answers requests'));
      switches.failing.set(id, numberOf(query, 'rate', { fallback: 0.5, min: 0, max: 1 }));
    } else if (verb === 'slow' && parts.length === 3) {
      const id = idOf(workloadOf(first, second, 'answers requests'));
      switches.slow.set(id, numberOf(query, 'factor', { fallback: 5, min: 0.01, max: 1_000 }));
    } else if (verb === 'idle' && parts.length === 3) {
      switches.idle.add(idOf(workloadOf(first, second, 'any')));
    } else if (verb === 'restart' && parts.length === 3) {
      const how = oneOf('how', query.get('how') ?? 'pod', RESTARTS);
      for (const pod of podsOf(first, second))
        if (how === 'pod') world.replace(pod, now());
        else world.restart(pod, now());
    } else if (verb === 'split' && parts.length === 3) {
      reweigh(first, second, query.get('weights'));
    } else if (verb === 'gateway' && parts.length === 2) {
      turnGateway(first, oneOf('mode', query.get('mode'), GATEWAY_MODES));
    } else if (verb === 'unlock' && parts.length === 1) {
      switches.unlock(workloadIdOf(query, 'source'), workloadIdOf(query, 'target'));
    } else if (verb === 'relay' && parts.length === 2) {
      turnRelay(first, query.get('mode'));
    } else if (verb === 'scrape' && parts.length === 3) {
      const [pod] = podsOf(first, second);
      if (pod) scrapes.turn(pod.namespace, pod.workload.name, oneOf('mode', query.get('mode'), SCRAPE_MODES));
    } else if (verb === 'scrape-labels' && parts.length === 1) {
      scrapes.labels = oneOf('mode', query.get('mode'), LABEL_MODES);
    } else if (verb === 'issuer' && parts.length === 1) {
      scrapes.issuerDays = numberOf(query, 'days', ISSUER_DAYS);
    } else if (verb === 'reset' && parts.length === 1) {
      scrapes.reset();
      switches.reset();
      for (const relay of Object.values(relays)) relay.turn('pass');
      kubernetes.follow();
      kubernetesSwitches.reset();
    } else if (!kubernetesSwitches.act(parts, query))
      throw new ControlRefusal(404, `unknown switch: /${parts.join('/')}; allowed are ${ALLOWED.join(', ')}`);
  }

  function state(query: URLSearchParams): object {
    const windowSeconds = numberOf(query, 'window', WINDOW_SECONDS);
    const nowMs = now();
    world.advanceTo(nowMs);
    return {
      ...toState(cluster, switches, ledger, nowMs, windowSeconds),
      relays: { prometheus: relays.prometheus.mode, tap: relays.tap.mode },
      inventory: toInventoryState(cluster),
      kubernetes: kubernetesSwitches.state(),
    };
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
    const parts = pathname.split('/').filter((part) => part);
    let status = 200;
    let body: object;
    try {
      if (request.method === 'GET' && pathname === '/state') body = state(searchParams);
      else if (request.method === 'GET' && pathname === '/') body = { allowed: ALLOWED };
      else if (request.method === 'POST' && pathname === '/token') body = kubernetesSwitches.token();
      else if (request.method === 'POST') {
        act(parts, searchParams);
        body = {
          switches: switches.toJSON(),
          scrapes: scrapes.toJSON(),
          kubernetes: kubernetesSwitches.state(),
        };
      } else
        throw new ControlRefusal(
          405,
          `not allowed: ${request.method} ${pathname}; allowed are ${ALLOWED.join(', ')}`,
        );
    } catch (error) {
      if (!(error instanceof ControlRefusal)) throw error;
      status = error.status;
      body = { error: error.message };
    }
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(`${JSON.stringify(body, null, 1)}\n`);
  };
}
