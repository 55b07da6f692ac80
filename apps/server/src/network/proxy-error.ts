// A proxy that fails: which one, how, and what to change. Whoever asked through it makes its own error of this.

import { type ProxyServer, proxyName } from './proxy-url.ts';

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly remedy: string;

  constructor(proxy: ProxyServer, host: string, what: string, cause?: unknown) {
    super(`the proxy ${proxyName(proxy)} ${what}`, { cause });
    this.remedy = remedyOf(proxy, host);
  }
}

export function remedyOf({ namedBy }: ProxyServer, host: string): string {
  return namedBy.toUpperCase().endsWith('_PROXY')
    ? `correct ${namedBy}, or leave ${host} out of it with NO_PROXY`
    : `correct ${namedBy}`;
}

/** The innermost ProxyError: libraries wrap what really happened. */
export function proxyErrorIn(error: unknown): ProxyError | null {
  let at = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if (at instanceof ProxyError) return at;
    at = at.cause;
  }
  return null;
}

/** A variable of the environment that names no proxy. */
export class ProxyVariableError extends Error {
  override readonly name = 'ProxyVariableError';

  constructor(variable: string) {
    super(`${variable} names no proxy: write http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT`);
  }
}
