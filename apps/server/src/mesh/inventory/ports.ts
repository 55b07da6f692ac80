// Lists of ports as Linkerd writes them, `25,4000-4010`: taken apart, and asked whether a port is among them.

import type { ContainerObject, PodObject } from '../../sources/kubernetes/watch/objects.ts';

/** The proxy's own: every pod skips them. */
const OWN_PORTS = new Set(['4190', '4191', '4567', '4568']);

/** The annotation of pods, Services and namespaces that takes the place of the proxy's default list. */
export const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

export function portList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `names` resolves named ports of the pod. */
export function includesPort(
  ports: readonly string[],
  port: number,
  names: ReadonlyMap<string, number>,
): boolean {
  return ports.some((part) => {
    const range = /^(\d+)-(\d+)$/.exec(part);
    if (range) return port >= Number(range[1]) && port <= Number(range[2]);
    return Number(part) === port || names.get(part) === port;
  });
}

export function portNames({ containers }: PodObject): Map<string, number> {
  return new Map(containers.flatMap(({ ports }) => ports.map(({ name, port }) => [name, port] as const)));
}

/** Ports that never reach the proxy, without those that every pod skips. */
export interface SkippedPorts {
  readonly inbound: string[];
  readonly outbound: string[];
}

/** What the init container was told is what is done; without one (the CNI plugin), the annotations say it. */
export function skippedPorts(pod: PodObject): SkippedPorts {
  const init = pod.containers.find(({ name }) => name === 'linkerd-init');
  const { annotations } = pod.meta;
  const inbound = init
    ? argument(init, '--inbound-ports-to-ignore')
    : annotations['config.linkerd.io/skip-inbound-ports'];
  const outbound = init
    ? argument(init, '--outbound-ports-to-ignore')
    : annotations['config.linkerd.io/skip-outbound-ports'];
  return { inbound: withoutOwn(inbound), outbound: withoutOwn(outbound) };
}

function argument({ args }: ContainerObject, name: string): string | undefined {
  const index = args.indexOf(name);
  if (index >= 0) return args[index + 1];
  return args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
}

function withoutOwn(text: string | undefined): string[] {
  return portList(text).filter((part) => !OWN_PORTS.has(part));
}

/** Opaque ports that somebody asked for, and those of the proxy's default list that a container really opens. */
export function opaquePorts(pod: PodObject): string[] {
  const asked = portList(pod.meta.annotations[OPAQUE_PORTS]);
  const proxy = pod.containers.find(({ name }) => name === 'linkerd-proxy');
  const byDefault = portList(proxy?.environment['LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION']);
  const opened = pod.containers.flatMap(({ ports }) => ports.map(({ port }) => port));
  const used = [...new Set(opened)].filter((port) => includesPort(byDefault, port, new Map())).map(String);
  return [...new Set([...asked, ...used])].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}
