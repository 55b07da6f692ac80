// A pod as the API server sends it → the part of it that is used.

import { countOr, listOf, portOf, type Raw, rawOf, textOr, textsOf, wholeOr } from '../api/raw.ts';
import { keepMeta } from './keep-meta.ts';
import type { ContainerObject, ContainerState, HttpProbe, Labels, PodObject } from './objects.ts';

const PROXY_VARIABLES = new Set([
  'LINKERD2_PROXY_IDENTITY_LOCAL_NAME',
  'LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION',
  '_l5d_ns',
  '_l5d_trustdomain',
]);

export function keepPod(object: Raw): PodObject {
  const spec = rawOf(object['spec']);
  const status = rawOf(object['status']);
  const meta = keepMeta(object);
  const podIps = listOf(status['podIPs']).flatMap((item) => textOr(rawOf(item)['ip'], null) ?? []);
  const serviceAccount = textOr(spec['serviceAccountName'], 'default');
  return {
    meta,
    phase: textOr(status['phase'], 'Unknown'),
    reason: textOr(status['reason'], null),
    ready: listOf(status['conditions'])
      .map(rawOf)
      .some((one) => one['type'] === 'Ready' && one['status'] === 'True'),
    ips: podIps.length > 0 ? podIps : textsOf([status['podIP']]).filter(Boolean),
    node: textOr(spec['nodeName'], null),
    hostNetwork: spec['hostNetwork'] === true,
    serviceAccount,
    containers: [
      ...keepContainers(spec['initContainers'], status['initContainerStatuses'], true),
      ...keepContainers(spec['containers'], status['containerStatuses'], false),
    ],
  };
}

function keepContainers(list: unknown, statuses: unknown, isInit: boolean): ContainerObject[] {
  const states = new Map(
    listOf(statuses)
      .map(rawOf)
      .map((one) => [one['name'], one]),
  );
  return listOf(list)
    .map(rawOf)
    .map((container) => {
      const name = textOr(container['name'], '');
      return {
        name,
        image: textOr(container['image'], ''),
        isInit,
        isSidecar: isInit && container['restartPolicy'] === 'Always',
        ports: listOf(container['ports'])
          .map(rawOf)
          .map((port) => ({ name: textOr(port['name'], ''), port: countOr(port['containerPort'], 0) })),
        httpProbes: ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((kind) =>
          keepProbe(container[kind]),
        ),
        args: name.startsWith('linkerd-') ? textsOf(container['args']) : [],
        environment: name === 'linkerd-proxy' ? keepEnvironment(container['env']) : {},
        status: keepStatus(rawOf(states.get(name))),
      };
    });
}

function keepProbe(probe: unknown): HttpProbe[] {
  const get = rawOf(probe)['httpGet'];
  if (typeof get !== 'object' || get === null) return [];
  return [{ path: textOr(rawOf(get)['path'], '/'), port: portOf(rawOf(get)['port']) }];
}

function keepEnvironment(list: unknown): Labels {
  return Object.fromEntries(
    listOf(list)
      .map(rawOf)
      .map((one): [string, string] => [textOr(one['name'], ''), textOr(one['value'], '')])
      .filter(([name]) => PROXY_VARIABLES.has(name)),
  );
}

function keepStatus(status: Raw): ContainerState {
  const all = rawOf(status['state']);
  const state =
    (['running', 'waiting', 'terminated'] as const).find((name) => all[name] !== undefined) ?? null;
  const detail = state === null ? {} : rawOf(all[state]);
  return {
    ready: status['ready'] === true,
    restarts: countOr(status['restartCount'], 0),
    state,
    reason: textOr(detail['reason'], null),
    exitCode: wholeOr(detail['exitCode'], null),
    startedAt: textOr(detail['startedAt'], null),
    ...keepBefore(rawOf(rawOf(status['lastState'])['terminated'])),
  };
}

function keepBefore(ended: Raw): Pick<ContainerState, 'before'> {
  if (ended['exitCode'] === undefined) return {};
  const [reason, endedAt] = [textOr(ended['reason'], null), textOr(ended['finishedAt'], null)];
  return { before: { reason, exitCode: wholeOr(ended['exitCode'], null), endedAt } };
}
