// What went wrong between us and Prometheus, in words: from a thrown error.

import { failureWords } from '../../network/failure-words.ts';
import { proxyErrorIn } from '../../network/proxy-error.ts';
import { SourceError } from '../source-error.ts';

/** A connection that is cut has its reasons where Prometheus is in the mesh. */
const CUT_OFF =
  'a meshed Prometheus refuses clients that its policy does not name: use a port-forward, or run Latchwork in the mesh with the policy of its chart; else see whether it restarts';
const NAME_AUTHORITY = 'name its authority with --prometheus-ca-file';

const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'start Prometheus or its port-forward, or correct --prometheus',
  ENOTFOUND: 'correct --prometheus, or the DNS of this machine',
  EAI_AGAIN: 'check the DNS of this machine',
  ECONNRESET: CUT_OFF,
  EPIPE: CUT_OFF,
  UND_ERR_SOCKET: CUT_OFF,
  DEPTH_ZERO_SELF_SIGNED_CERT: NAME_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: NAME_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NAME_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NAME_AUTHORITY,
  CERT_HAS_EXPIRED: 'renew its certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'correct --prometheus',
  ERR_SSL_WRONG_VERSION_NUMBER: 'write http:// in --prometheus, or the port at which it speaks TLS',
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
    message: `${where} cannot be reached: ${failureWords({ code, message: (error as Error)?.message })}`,
    remedy: REMEDIES[code] ?? 'check the URL in --prometheus and the network between',
    cause: error,
  });
}
