// A status that alone says no, in the words of whoever said it: the store, a gateway, a login; and what helps with each.

import { SourceError } from '../../../source-error.ts';
import type { Answer } from '../../exchange.ts';
import { wordsOf } from '../../refusal-words.ts';

interface Advice {
  /** In the words of the refusal, or in the address asked. */
  readonly when: RegExp;
  readonly remedy: string;
}

const ADVICE: readonly Advice[] = [
  {
    when: /Missing Authentication Token|security token included in the request|aps:[A-Z]|SignatureDoesNotMatch|\baps-workspaces\./i,
    remedy:
      'Amazon wants every request signed (SigV4): run its signing proxy, and give --prometheus the address of that (docs/stores.md)',
  },
  {
    when: /UNAUTHENTICATED|OAuth 2 access token|monitoring\.timeSeries|\bmonitoring\.googleapis\.com/,
    remedy:
      'Google wants a token that is renewed every hour: run its frontend for Prometheus, and give --prometheus the address of that (docs/stores.md); its account needs the role Monitoring Viewer',
  },
  {
    when: /authorization_uri|login\.(windows|microsoftonline)|\.prometheus\.monitor\.azure\.com/,
    remedy:
      'Azure wants a token of Entra ID, which ends after an hour: let a job write a new one in time into the file of --prometheus-token-file (docs/stores.md); its identity needs the role Monitoring Data Reader',
  },
  {
    when: /\.grafana\.net\b|invalid scope requested|legacy auth/i,
    remedy:
      'Grafana Cloud wants --prometheus-user with the number of the instance, and --prometheus-password-file with an access-policy token that has metrics:read',
  },
  {
    when: /no org id|X-Scope-OrgID/i,
    remedy: "this store keeps tenants apart: add --prometheus-header 'X-Scope-OrgID: TENANT'",
  },
  {
    when: /Forbidden \(user=|openshift|cluster-monitoring/i,
    remedy:
      'OpenShift lets in who has the role cluster-monitoring-view: oc adm policy add-cluster-role-to-user cluster-monitoring-view -z NAME, and its token with --prometheus-token-file',
  },
];

export const BASE_PATH =
  'the base path in --prometheus is wrong: …/api/v1/query must exist below it (Mimir has it below /prometheus, Grafana Cloud below /api/prom, VictoriaMetrics in a cluster below /select/0/prometheus)';

const LOGIN = 'check --prometheus-token-file or --prometheus-user with --prometheus-password-file';

/** Null when the body has to be read. `where` names the address without credentials. */
export function refusal(answer: Answer<unknown>, where: string): SourceError | null {
  const { status } = answer;
  const make = (kind: SourceError['kind'], what: string, remedy: string): SourceError =>
    new SourceError({ source: 'prometheus', kind, message: `${where} ${what}`, remedy, status });
  const words = wordsOf(answer);
  const said = words === '' ? '' : `: ${words}`;
  switch (status) {
    case 401:
    case 403:
      return make('refused', `refused us with ${status}${said}`, loginRemedy(`${words} ${where}`, answer));
    case 404:
      return make('bad-answer', 'answered 404', BASE_PATH);
    case 407:
      return make(
        'refused',
        `was not asked: a proxy on the way wants a login${said}`,
        'write its user and password into the variable HTTPS_PROXY or HTTP_PROXY',
      );
    case 429:
      return make(
        'too-much',
        `answered 429${said}`,
        'the store, or a gateway in front of it, limits how often it is asked: raise that limit',
      );
    default:
      return status >= 300 && status < 400 ? moved(answer, make) : null;
  }
}

function loginRemedy(words: string, { headers }: Answer<unknown>): string {
  const advice = ADVICE.find(({ when }) => when.test(words));
  if (advice) return advice.remedy;
  return headers['l5d-proxy-error'] === undefined && !/linkerd-viz/.test(words)
    ? `${LOGIN}; the Prometheus of linkerd-viz admits only what its AuthorizationPolicy names`
    : 'the Prometheus of linkerd-viz admits only what its AuthorizationPolicy names: run Latchwork in the mesh with the policy of its chart, or use --kubeconfig';
}

/** The same path elsewhere is where the store is; another path is where people log in. */
function moved(
  { status, headers }: Answer<unknown>,
  make: (kind: SourceError['kind'], what: string, remedy: string) => SourceError,
): SourceError {
  const location = String(headers['location'] ?? '');
  if (!URL.canParse(location))
    return make(
      'bad-answer',
      `answered ${status}${location ? ` and leads to ${location.split('?')[0]?.slice(0, 200)}` : ' with nothing'}`,
      'a login page, or another base path, stands in front: give --prometheus the address that answers …/api/v1/query itself',
    );
  // What follows the path may be somebody's login.
  const { origin, pathname } = new URL(location);
  const [, base] = /^(.*?)\/api\/v1\/query(?:_range)?\/?$/.exec(pathname) ?? [];
  return base === undefined
    ? make(
        'refused',
        `answered ${status} and leads to ${origin}${pathname}`,
        'that looks like a login page: give --prometheus an address behind it, or a token with --prometheus-token-file that it lets through',
      )
    : make(
        'bad-answer',
        `answered ${status}: it has moved to ${origin}${base}`,
        `give that address instead: --prometheus ${origin}${base}`,
      );
}
