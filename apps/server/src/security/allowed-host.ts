// Which names a browser may use for this server, and from which pages it may open the socket. Pure: strings in, yes or no out.

export interface HostRules {
  /** The address listened on. */
  readonly listenHost: string;
  /** `name` or `name:port`, lower-case. */
  readonly allowedHosts: readonly string[];
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARDS: readonly string[] = ['0.0.0.0', '::', '[::]'];
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+?)\.?(?::(\d{1,5}))?$/;

/**
 * A page of another site can give its own name our address (DNS rebinding), but not change the name that the browser
 * sends: a name that nobody allowed is refused. `localAddress` is where the connection arrived: a name cannot be it.
 */
export function isAllowedHost(host: string | undefined, rules: HostRules, localAddress: string): boolean {
  const parsed = parseHost(host);
  if (!parsed) return false;
  const { name } = parsed;
  if (LOOPBACK.includes(name) || isListed(parsed, rules.allowedHosts)) return true;
  const listen = bracketed(rules.listenHost.toLowerCase());
  return WILDCARDS.includes(listen)
    ? name === bracketed(localAddress.replace(/^::ffff:/, ''))
    : name === listen;
}

/** No origin: no browser. Else the page must be ours, or come from a host that was allowed by name. */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  { allowedHosts }: HostRules,
): boolean {
  if (origin === undefined) return true;
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return false;
  const { host: originHost, protocol } = new URL(origin);
  const [from, to] = [parseHost(originHost), parseHost(host)];
  if (!from || !to) return false;
  const standard = protocol === 'https:' ? '443' : '80';
  if (from.name === to.name && (from.port ?? standard) === (to.port ?? standard)) return true;
  return isListed(from, allowedHosts);
}

/** What to give `--allowed-host`, or null when it is no host at all. */
export function hostSetting(host: string | undefined): string | null {
  return parseHost(host)?.name ?? null;
}

interface Host {
  readonly name: string;
  readonly port: string | null;
}

function parseHost(host: string | undefined): Host | null {
  const [, name, port] = HOST.exec(host?.toLowerCase() ?? '') ?? [];
  return name ? { name, port: port ?? null } : null;
}

function isListed({ name, port }: Host, allowedHosts: readonly string[]): boolean {
  return allowedHosts.includes(name) || (port !== null && allowedHosts.includes(`${name}:${port}`));
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;
}
