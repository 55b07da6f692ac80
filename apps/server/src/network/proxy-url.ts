// A proxy between here and a server: where it is, what named it, and how people may see it. Opens nothing.

export interface ProxyServer {
  readonly url: URL;
  /** What to correct when it fails: a variable, or a field of a file. */
  readonly namedBy: string;
}

const PROTOCOLS: readonly string[] = ['http:', 'https:', 'socks5:', 'socks5h:'];

export function isProxyUrl(text: string): boolean {
  return URL.canParse(text) && PROTOCOLS.includes(new URL(text).protocol) && new URL(text).hostname !== '';
}

/** Without its credentials. */
export function proxyName({ url, namedBy }: ProxyServer): string {
  return `${url.protocol}//${url.host} (${namedBy})`;
}

export function isSocks({ url }: ProxyServer): boolean {
  return url.protocol.startsWith('socks');
}

export function credentialsOf({
  url,
}: ProxyServer): { readonly user: string; readonly password: string } | null {
  if (url.username === '') return null;
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

export function proxyHeaders(proxy: ProxyServer): Record<string, string> {
  const login = credentialsOf(proxy);
  if (login === null) return {};
  const pair = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${pair}` };
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

export function portOf({ protocol, port }: Pick<URL, 'protocol' | 'port'>): number {
  return port === '' ? (DEFAULT_PORTS[protocol] ?? 1080) : Number(port);
}

/** An IPv6 address without its brackets, as sockets want it. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
