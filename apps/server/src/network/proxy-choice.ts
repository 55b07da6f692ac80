// Which proxy the environment names for a URL, by the rules of Go (and so of kubectl), which are those of curl but for ALL_PROXY.
// https://pkg.go.dev/golang.org/x/net/http/httpproxy

import { BlockList, isIP } from 'node:net';
import { ProxyVariableError } from './proxy-error.ts';
import { hostOf, isProxyUrl, type ProxyServer, portOf } from './proxy-url.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxyChoiceOptions {
  /** curl takes ALL_PROXY where nothing else is said; kubectl does not know it. */
  readonly knowsAllProxy: boolean;
}

/** Null: none is named, or `NO_PROXY` leaves the URL out. Throws for a variable that names no proxy. */
export function chooseProxy(
  target: string,
  environment: Environment,
  { knowsAllProxy }: ProxyChoiceOptions,
): ProxyServer | null {
  const { protocol, hostname, port } = new URL(target);
  const names = [
    protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY',
    ...(knowsAllProxy ? ['ALL_PROXY'] : []),
  ];
  const [named] = names.flatMap((name) => variable(name, environment));
  if (!named || isLeftOut(hostOf({ hostname }), portOf({ protocol, port }), environment)) return null;
  const url = /^[a-z][a-z0-9]*:\/\//i.test(named.value) ? named.value : `http://${named.value}`;
  if (!isProxyUrl(url)) throw new ProxyVariableError(named.name);
  return { url: new URL(url), namedBy: named.name };
}

function variable(name: string, environment: Environment): { name: string; value: string }[] {
  for (const spelling of [name, name.toLowerCase()]) {
    const value = environment[spelling]?.trim();
    if (value) return [{ name: spelling, value }];
  }
  return [];
}

function isLeftOut(host: string, port: number, environment: Environment): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  const address = isIP(name);
  if (name === 'localhost' || (address > 0 && LOOPBACK.check(name, family(address)))) return true;
  const list = variable('NO_PROXY', environment)[0]?.value ?? '';
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => isMatch(entry, name, port));
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isMatch(entry: string, name: string, port: number): boolean {
  if (entry === '*') return true;
  const address = isIP(name);
  const [, network, bits] = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  if (network !== undefined) return address > 0 && isInside(name, network, Number(bits));
  const { host, ofPort } = splitPort(entry);
  if (ofPort !== null && ofPort !== port) return false;
  if (isIP(host)) return address > 0 && isInside(name, host, isIP(host) === 6 ? 128 : 32);
  const suffix = host.replace(/^\*/, '');
  // `.example.com` means what is below it, `example.com` that name, too.
  return suffix.startsWith('.') ? name.endsWith(suffix) : name === suffix || name.endsWith(`.${suffix}`);
}

function splitPort(entry: string): { host: string; ofPort: number | null } {
  if (isIP(entry)) return { host: entry, ofPort: null };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  return { host: bracketed ?? plain ?? entry, ofPort: port === undefined ? null : Number(port) };
}

function isInside(address: string, network: string, bits: number): boolean {
  const version = isIP(network);
  if (version !== isIP(address) || bits > (version === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family(version));
  return list.check(address, family(version));
}

function family(version: number): 'ipv4' | 'ipv6' {
  return version === 6 ? 'ipv6' : 'ipv4';
}
