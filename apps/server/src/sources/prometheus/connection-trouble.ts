// What went wrong between us and Prometheus, in words: from a thrown error.

import { proxyErrorIn } from '../../network/proxy-error.ts';
import { SourceError } from '../source-error.ts';

const REMEDIES: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: start Prometheus or its port-forward, or correct --prometheus',
  ENOTFOUND: 'the host name is unknown: correct --prometheus, or the DNS of this machine',
  EAI_AGAIN: 'the name could not be looked up: check the DNS of this machine',
  ECONNRESET:
    'the connection was cut: a meshed Prometheus refuses clients that its policy does not name (use a port-forward, or run Latchwork in the mesh with the policy of its chart)',
  EPIPE: 'the connection was cut while asking: see whether Prometheus restarts',
  UND_ERR_SOCKET:
    'the connection was cut while asking: a meshed Prometheus refuses clients that its policy does not name; else see whether it restarts',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself: name its authority with --prometheus-ca-file',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate has an unknown authority: name that with --prometheus-ca-file',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate has an unknown authority: name that with --prometheus-ca-file',
  CERT_HAS_EXPIRED: 'its certificate has expired: renew it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name: correct --prometheus',
};

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: unknown };
  return code && code !== 'ERR_INVALID_STATE' ? code : cause ? codeOf(cause) : '';
}

export function connectionTrouble(error: unknown, where: string, timeoutMs: number): SourceError {
  if (error instanceof SourceError) return error;
  const name = (error as Error)?.name;
  const proxy = proxyErrorIn(error);
  if (proxy)
    return new SourceError({
      source: 'prometheus',
      kind: 'unreachable',
      message: `${where} was not asked: ${proxy.message}`,
      remedy: proxy.remedy,
      cause: error,
    });
  const code = codeOf(error);
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new SourceError({
      source: 'prometheus',
      kind: 'timed-out',
      message: `${where} did not answer within ${timeoutMs / 1000} s`,
      remedy: 'Prometheus hangs or is overloaded: look at its CPU and memory, or ask for a shorter window',
      cause: error,
    });
  return new SourceError({
    source: 'prometheus',
    kind: 'unreachable',
    message: `${where} cannot be reached: ${code || ((error as Error)?.message ?? 'unknown error')}`,
    remedy: REMEDIES[code] ?? 'check the URL in --prometheus and the network between',
    cause: error,
  });
}
