// Which names a browser may use for this server, and from which pages it may open the socket. Pure: strings in, yes or no out.

export interface HostRules {
  /** The address listened on. */
  readonly listenHost: string;
  /** `name` or `name:port`, lower-case. A name alone is meant where browsers name no port, or the one listened on. */
  readonly allowedHosts: readonly string[];
}

/** Where a connection arrived; empty and null for one without a socket. */
export interface Arrival {
  readonly address: string;
  readonly port: number | null;
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARDS: readonly string[] = ['0.0.0.0', '::', '[::]'];
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+?)\.?(?::(\d{1,5}))?$/;
/** Those that a browser leaves out. */
const STANDARD_PORTS: readonly (string | null)[] = [null, '80', '443'];

/**
 * A page of another site can give its own name our address (DNS rebinding), but not change the name that the browser
 * sends: a name that nobody allowed is refused. What else runs on an allowed name, under another port, is another site.
 */
export function isAllowedHost(
  host: string | undefined,
  rules: HostRules,
  { address, port }: Arrival,
): boolean {
  const parsed = parseHost(host);
  if (!parsed) return false;
  const { name } = parsed;
  if (LOOPBACK.includes(name)) return true;
  const own = [...STANDARD_PORTS, ...(port === null ? [] : [String(port)])];
  if (isListed(parsed, rules.allowedHosts, own)) return true;
  const listen = bracketed(rules.listenHost.toLowerCase());
  return WILDCARDS.includes(listen) ? name === bracketed(address.replace(/^::ffff:/, '')) : name === listen;
}

/**
 * No origin: no browser. Else the page must be ours, or come from a host that was allowed by name. Where a proxy says that
 * ours came by TLS, a page that did not is another one: whoever is on the line may have written it.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  { allowedHosts }: HostRules,
  forwardedProto?: string | readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false;
  const { host: originHost, protocol } = new URL(origin);
  const [from, to] = [parseHost(originHost), parseHost(host)];
  if (!from || !to) return false;
  const [proto = ''] = String(forwardedProto ?? '').split(',');
  if (proto.trim().toLowerCase() === 'https' && protocol === 'http:') return false;
  const standard = protocol === 'https:' ? '443' : '80';
  if (from.name === to.name && (from.port ?? standard) === (to.port ?? standard)) return true;
  return isListed(from, allowedHosts, STANDARD_PORTS);
}

/** What to give `--allowed-host`, or null when it is no host at all. */
export function hostSetting(host: string | undefined): string | null {
  const parsed = parseHost(host);
  if (!parsed) return null;
  const { name, port } = parsed;
  return STANDARD_PORTS.includes(port) ? name : `${name}:${port}`;
}

interface Host {
  readonly name: string;
  readonly port: string | null;
}

function parseHost(host: string | undefined): Host | null {
  const [, name, port] = HOST.exec(host?.toLowerCase() ?? '') ?? [];
  return name ? { name, port: port ?? null } : null;
}

/** `usual`: the ports that a name alone is meant with. */
function isListed(
  { name, port }: Host,
  allowedHosts: readonly string[],
  usual: readonly (string | null)[],
): boolean {
  if (allowedHosts.includes(name) && usual.includes(port)) return true;
  return port !== null && allowedHosts.includes(`${name}:${port}`);
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}
