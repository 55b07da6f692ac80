// Why no answer came from the API server, in words: the network, the certificate, or too long a wait.

import { failureWords } from '../../../network/failure-words.ts';
import { proxyErrorIn } from '../../../network/proxy-error.ts';
import type { SourceError } from '../../source-error.ts';
import { kubernetesError } from './kubernetes-error.ts';

const CERTIFICATE =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/;
const TIMED_OUT = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;

export function toConnectionError(error: unknown, server: string): SourceError {
  const proxy = proxyErrorIn(error);
  if (proxy)
    return kubernetesError('unreachable', `the way to ${server} is closed: ${proxy.message}`, {
      remedy: proxy.remedy,
      cause: error,
    });
  const { code, message } = rootOf(error);
  const words = failureWords({ code, message });
  if (CERTIFICATE.test(code))
    return kubernetesError('refused', `the API server ${server} is not trusted: ${words}`, {
      remedy: 'correct certificate-authority-data or tls-server-name in the kubeconfig',
      cause: error,
    });
  if (TIMED_OUT.test(code))
    return kubernetesError('timed-out', `the API server ${server} did not answer in time`, {
      remedy: 'check the network, the VPN, and that the cluster is up',
      cause: error,
    });
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return kubernetesError('refused', `the API server ${server} cannot be reached over TLS: ${words}`, {
      remedy: 'check the client certificate and its key in the kubeconfig, and the port of the server',
      cause: error,
    });
  return kubernetesError('unreachable', `the API server ${server} cannot be reached: ${words}`, {
    remedy: 'check the network, the VPN, and that the cluster is up',
    cause: error,
  });
}

/** The innermost error: undici and Node wrap what really happened. */
function rootOf(error: unknown): { code: string; message: string } {
  let at = error;
  for (let depth = 0; depth < 5; depth += 1) {
    const inner =
      at instanceof AggregateError
        ? at.errors[0]
        : at instanceof Error && at.cause instanceof Error
          ? at.cause
          : null;
    if (!inner) break;
    at = inner;
  }
  if (!(at instanceof Error)) return { code: '', message: String(at) };
  return { code: String((at as NodeJS.ErrnoException).code ?? ''), message: at.message };
}
