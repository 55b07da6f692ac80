// What the API server answers when it says no → a `SourceError` with its own sentence, and what helps.

import type { SourceError } from '../../source-error.ts';
import { isFields } from '../kubeconfig/kubeconfig-file.ts';
import { kubernetesError } from './kubernetes-error.ts';

/** `text` is the body as far as it was read; `path` without its query; `location` is where a redirect leads. */
export function toStatusError(
  status: number,
  text: string,
  path: string,
  location: string | null = null,
): SourceError {
  const said = statusMessage(text) || (isPage(text) ? 'a page in HTML' : '');
  const what = `the API server answered ${status} to ${path}${said ? `: ${said}` : ''}`;
  if (status >= 300 && status < 400)
    return kubernetesError(
      'bad-answer',
      `${what}${location ? ` and leads to ${location.slice(0, 200)}` : ''}`,
      {
        status,
        remedy: `${BETWEEN}; an API server redirects nobody`,
      },
    );
  if (status === 401)
    return kubernetesError('refused', what, {
      status,
      remedy: 'the credential is not accepted (any more): sign in again, or name another context',
    });
  if (status === 403)
    return kubernetesError('refused', what, {
      status,
      remedy: 'ask for the right that the message names, or use an identity that has it',
    });
  if (isPage(text)) return kubernetesError('unreachable', what, { status, remedy: BETWEEN });
  if (status === 404)
    return kubernetesError('bad-answer', what, { status, remedy: 'the cluster does not have this resource' });
  if (status === 429 || status >= 500)
    return kubernetesError('unreachable', what, {
      status,
      remedy: 'the API server is in trouble or busy: wait, it is asked again',
    });
  return kubernetesError('bad-answer', what, {
    status,
    remedy: 'check that the URL is that of a Kubernetes API server',
  });
}

const BETWEEN =
  'something between here and the API server answers instead of it: check the URL in the kubeconfig, and for a login page, a proxy, a load balancer or a VPN in between';

/** What did not become a WebSocket. */
export function toUpgradeError(status: number, text: string, path: string): SourceError {
  if (status === 401 || status === 403 || status === 404 || status >= 500)
    return toStatusError(status, text, path);
  const said = statusMessage(text);
  return kubernetesError(
    'unreachable',
    `${path} was answered with ${status} instead of a WebSocket${said ? `: ${said}` : ''}`,
    {
      remedy:
        'let what is between here and the API server (a proxy, a load balancer) pass upgrades to WebSockets, or give --prometheus URL',
    },
  );
}

export function isPage(text: string): boolean {
  return text.trimStart().startsWith('<');
}

/** The message of a Kubernetes `Status`, or the start of a short plain text; empty for a page. */
function statusMessage(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isFields(answer)) return '';
    const message = answer['message'] ?? answer['error'];
    return typeof message === 'string' ? message.slice(0, 600) : '';
  } catch {
    const line = text.trim().split('\n')[0] ?? '';
    return line.startsWith('<') ? '' : line.slice(0, 200);
  }
}
