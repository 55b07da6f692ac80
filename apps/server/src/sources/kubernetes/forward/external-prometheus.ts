// The address of a Prometheus that viz is told to use → where it is for somebody outside of the cluster. Pure.

import { withoutEndSlashes } from '../../../end-slashes.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A Service, or a pod of a StatefulSet that has a name of its own below one. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  /** Null: any that is ready. */
  readonly pod: string | null;
  readonly port: number;
}

export interface ExternalPrometheus {
  /** As it was written, without its login. */
  readonly url: string;
  /** Null: a name that is known outside, too. */
  readonly service: ServicePort | null;
  readonly isTls: boolean;
  readonly host: string;
  /** Empty, or with a leading and without a trailing slash. */
  readonly path: string;
  readonly login: Login | null;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** `home` is the namespace in which short names are looked up: that of viz. Null when it is no address. */
export function toExternalPrometheus(written: string, home: string): ExternalPrometheus | null {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`;
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, host, port, pathname, username, password } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const path = withoutEndSlashes(pathname);
  const named = toService(hostname.replace(/\.$/, ''), home);
  return {
    url: `${protocol}//${host}${path}`,
    service: named && { ...named, port: port === '' ? (DEFAULT_PORTS[protocol] ?? 80) : Number(port) },
    isTls: protocol === 'https:',
    host: hostname,
    path,
    login:
      username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
  };
}

/** `name`, `name.namespace.svc…`, `pod.name.namespace.svc…`: whatever the domain of the cluster is. */
function toService(hostname: string, home: string): Omit<ServicePort, 'port'> | null {
  if (hostname === 'localhost' || /^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return null;
  const labels = hostname.split('.');
  const [first = ''] = labels;
  if (labels.length === 1) return { namespace: home, service: first, pod: null };
  const svc = labels.indexOf('svc');
  const [service, namespace] = [labels[svc - 2], labels[svc - 1]];
  if (svc < 2 || svc > 3 || service === undefined || namespace === undefined) return null;
  return { namespace, service, pod: svc === 3 ? first : null };
}
