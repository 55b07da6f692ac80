// What a proxy in front does to a request, told from the headers that arrive. Pure; never repeats a secret.

import type { IncomingHttpHeaders } from 'node:http';
import type { Connection } from '@latchwork/shared/connection';
import { withoutEndSlashes } from '../end-slashes.ts';
import { type Arrival, type HostRules, hostSetting, isAllowedHost, isAllowedOrigin } from './allowed-host.ts';
import { publicPath } from './public-path.ts';

export interface ConnectionFacts {
  readonly headers: IncomingHttpHeaders;
  readonly rules: HostRules;
  readonly basePath: string;
  readonly arrival: Arrival;
}

export function connectionChecks({
  headers,
  rules,
  basePath,
  arrival,
}: ConnectionFacts): Omit<Connection, 'reads'> {
  const { host, origin } = headers;
  const prefix = one(headers['x-forwarded-prefix']);
  const forwardedHost = one(headers['x-forwarded-host']);
  const path = publicPath(prefix ?? undefined, basePath);
  const hostOk = isAllowedHost(host, rules, arrival);
  const originOk = isAllowedOrigin(origin, host, rules, headers['x-forwarded-proto']);
  return {
    publicPath: path === '' ? '/' : path,
    checks: [
      {
        what: 'Host',
        arrived: host ?? null,
        ok: hostOk,
        message: hostOk
          ? 'this server answers to that name'
          : 'this server does not answer to that name, so that other sites cannot read the mesh through a browser',
        fix: hostOk ? null : setting(host),
      },
      {
        what: 'Origin',
        arrived: origin ?? null,
        ok: originOk,
        message:
          origin === undefined
            ? 'a page load sends none; the live socket sends the address of the page, which has to have the same host as above'
            : originOk
              ? 'the live socket may be opened from there'
              : 'the live socket may not be opened from there: the proxy changes Host, or the page comes from another site',
        fix: originOk ? null : setting(origin?.replace(/^https?:\/\//, '')),
      },
      {
        what: 'X-Forwarded-Host',
        arrived: forwardedHost,
        ok: forwardedHost === null || forwardedHost === host,
        message:
          forwardedHost === null || forwardedHost === host
            ? 'the proxy, if there is one, hands Host on as it came'
            : 'the proxy replaces Host: hand it on (nginx: proxy_set_header Host $host), or allow the name that browsers use',
        fix: forwardedHost === null || forwardedHost === host ? null : setting(forwardedHost),
      },
      {
        what: 'X-Forwarded-Prefix',
        arrived: prefix,
        ok: prefix === null || path !== basePath || basePath.endsWith(withoutEndSlashes(prefix)),
        message:
          prefix === null
            ? 'no proxy says that it takes a part of the path off; where one does, it has to send this header, or the page needs --base-path'
            : `links of the page start at ${path === '' ? '/' : path}`,
        fix: null,
      },
    ],
  };
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}

function setting(host: string | undefined): string | null {
  const name = hostSetting(host);
  return name === null ? null : `--allowed-host ${name}`;
}
