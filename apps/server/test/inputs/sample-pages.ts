// What each published sample page must come out as, written by hand from what Linkerd's metrics mean. Numbers are a minute:
// a page's counter of N grows by N in that time.

import type { LockState } from '@latchwork/shared/lock';

export interface SampleEdge {
  readonly source: string;
  readonly target: string;
  readonly lock: LockState;
  /** The reasons of what is not secured; none when all of it is. */
  readonly reasons?: readonly string[];
  /** Null: no HTTP. */
  readonly requests: number | null;
  readonly successRate?: number;
  readonly tcp?: true;
  readonly refused?: Readonly<Record<string, number>>;
  readonly unreached?: Readonly<Record<string, number>>;
}

export interface SamplePage {
  /** Whose proxy printed it, as the file's header tells, or a made-up name where it does not. */
  readonly labels: Readonly<Record<string, string>>;
  /** The fragment was cut before its responses: they are put beside its requests, as a whole page has them. */
  readonly addResponses?: true;
  /** Looked at with these namespaces named; none: all, without the noise. */
  readonly namespaces?: readonly string[];
  readonly edges: readonly SampleEdge[];
  /** Requests that workloads received and refused. */
  readonly golden?: Readonly<Record<string, number>>;
  readonly denied?: Readonly<Record<string, number>>;
}

const deployment = (namespace: string, name: string) => ({ namespace, deployment: name, pod: `${name}-1` });
/** A part of Linkerd: hidden unless its namespace is named. */
const linkerd = (name: string) => ({ ...deployment('linkerd', name), control_plane_component: name });
const secured = (source: string, target: string, requests: number | null, successRate = 1): SampleEdge =>
  requests === null
    ? { source, target, lock: 'secured', requests, tcp: true }
    : { source, target, lock: 'secured', requests, successRate };

export const SAMPLE_PAGES: Readonly<Record<string, SamplePage>> = {
  // An opaque port of a meshed pod: secured TCP; all its inbound requests are scrapes.
  '01-linkerd2-prommatch-full-edge-22.x': {
    labels: { namespace: 'linkerd-opaque-ports-test', k8s_job: 'slow-cooker', pod: 'slow-cooker-mjqsw' },
    edges: [
      secured(
        'linkerd-opaque-ports-test/job/slow-cooker',
        'linkerd-opaque-ports-test/deployment/opaque-pod',
        null,
      ),
    ],
  },
  // Authorizations alone: nothing that an edge is made of, and no lock guessed from them.
  '02-linkerd2-cli-obfuscate-input-2.11': { labels: deployment('default', 'app'), edges: [] },
  '03-linkerd2-cli-obfuscated-2.11': { labels: deployment('default', 'app'), edges: [] },
  // 503 from both sides of a canary: two edges that fail, both locked. A refused readiness probe at 4191 is noise.
  '04-playground-client-app-503-2026-05': {
    labels: deployment('playground', 'client'),
    edges: [
      secured('playground/deployment/client', 'playground/deployment/playground-server-http-primary', 65, 0),
      secured('playground/deployment/client', 'playground/deployment/playground-server-http-canary', 7, 0),
    ],
  },
  // Fail-fast without the family that names the destination: no edge can be drawn.
  '05-playground-failfast-no-endpoints-2026-05': { labels: deployment('playground', 'client'), edges: [] },
  '06-playground-opaque-service-tcp-open-2026': {
    labels: deployment('playground', 'client'),
    edges: [
      secured('playground/deployment/client', 'playground/deployment/playground-server-http-primary', null),
      secured('playground/deployment/client', 'playground/deployment/playground-server-http-canary', null),
    ],
  },
  '07-simple-app-outbound-http-route-v2.329': { labels: deployment('simple-app', 'client'), edges: [] },
  // error="UNKNOWN" on good answers is a bug of these proxies: nothing is broken.
  '08-booksapp-webapp-error-UNKNOWN-bug-v2.288': { labels: deployment('booksapp', 'webapp'), edges: [] },
  '09-booksapp-webapp-good-v2.287': { labels: deployment('booksapp', 'webapp'), edges: [] },
  // 22 HTTP and 22 gRPC calls denied; 4 + 4 and 28 + 28 on allowed routes got no endpoint.
  '10-sma-egressnetwork-http-grpc-2.17': {
    labels: deployment('faces', 'face'),
    edges: [
      {
        source: 'faces/deployment/face',
        target: 'external:egress/linkerd-egress/all-egress',
        lock: 'unknown',
        requests: null,
        refused: { egress: 44 },
        unreached: { FAIL_FAST: 8, LOAD_SHED: 56 },
      },
    ],
  },
  '11-sma-zones-and-hazl-2.15-BEL': {
    labels: deployment('faces', 'face'),
    addResponses: true,
    edges: [secured('faces/deployment/face', 'faces/deployment/color-west', 963)],
  },
  // HTTP (45) and TLS (1) that an EgressNetwork denied; what it allowed is no refusal.
  '12-docs-egress-tutorial-2.17plus': {
    labels: deployment('egress-test', 'client'),
    edges: [
      {
        source: 'egress-test/deployment/client',
        target: 'external:egress/egress-test/all-egress-traffic',
        lock: 'unknown',
        requests: null,
        refused: { egress: 46 },
      },
    ],
  },
  // A time-out may have reached its endpoint: slow, not broken.
  '13-docs-booksapp-routes-2.16': { labels: deployment('booksapp', 'webapp'), edges: [] },
  // Turned away by a rate limit, by a caller that nobody scrapes and that no request shows: on the node alone.
  '14-inbound-local-ratelimit-v2.265': {
    labels: deployment('emojivoto', 'web'),
    edges: [],
    denied: { 'emojivoto/deployment/web': 19 },
  },
  '15-inbound-transport-header-and-requests-v2.286-v2.319': {
    labels: deployment('emojivoto', 'voting'),
    edges: [],
  },
  '16-identity-cert-metrics-2.15': { labels: deployment('default', 'app'), edges: [] },
  // A port that the Service does not declare: the proxy closes the connection.
  '17-undefined-port-forbidden-2.19': {
    labels: deployment('default', 'client'),
    edges: [
      {
        source: 'default/deployment/client',
        target: 'default/service/nginx',
        lock: 'unknown',
        requests: null,
        unreached: { UNDEFINED_PORT: 1 },
      },
    ],
  },
  '18-inbound-grpc-latency-2.11': { labels: deployment('default', 'grpc-server'), edges: [] },
  // Probes alone, of a build without target_*: noise.
  '19-inbound-probe-light-metrics-2.14': { labels: deployment('default', 'app'), edges: [] },
  // A server's own connections do not say who called.
  '20-mysql-server-tcp-2.2': { labels: deployment('default', 'mysql'), edges: [] },
  '21-datadog-linkerd-controller-2.4': {
    labels: linkerd('linkerd-controller'),
    addResponses: true,
    namespaces: ['linkerd'],
    edges: [
      secured('linkerd/deployment/linkerd-controller', 'linkerd/deployment/linkerd-prometheus', 16275),
      {
        source: 'linkerd/deployment/linkerd-controller',
        target: 'external:unknown',
        lock: 'plaintext',
        reasons: ['no_authority_in_http_request'],
        requests: 10,
      },
      {
        source: 'unmeshed:linkerd/deployment/linkerd-controller',
        target: 'linkerd/deployment/linkerd-controller',
        lock: 'plaintext',
        reasons: ['not_provided_by_remote'],
        requests: 852,
      },
      secured('external:identity/linkerd-identity.linkerd', 'linkerd/deployment/linkerd-controller', 1),
      secured('external:identity/linkerd-web.linkerd', 'linkerd/deployment/linkerd-controller', 586),
      secured('external:identity/default.emojivoto', 'linkerd/deployment/linkerd-controller', 2),
      secured('external:identity/web.emojivoto', 'linkerd/deployment/linkerd-controller', 5),
    ],
    golden: { 'linkerd/deployment/linkerd-controller': 1446 },
  },
  '22-linkerd-web-gist-2.7': {
    labels: linkerd('linkerd-web'),
    addResponses: true,
    namespaces: ['linkerd'],
    edges: [
      {
        source: 'unmeshed:linkerd/deployment/linkerd-web',
        target: 'linkerd/deployment/linkerd-web',
        lock: 'plaintext',
        reasons: ['not_provided_by_remote'],
        requests: 1756,
      },
      secured('linkerd/deployment/linkerd-web', 'linkerd/deployment/linkerd-controller', 536),
    ],
    golden: { 'linkerd/deployment/linkerd-web': 1756 },
  },
  // Two ports of one workload by TCP, before series said which port: one secured edge.
  '23-grafana-prometheus-tcp-open-total-2.9': {
    labels: linkerd('linkerd-prometheus'),
    namespaces: ['linkerd'],
    edges: [secured('linkerd/deployment/linkerd-prometheus', 'linkerd/deployment/linkerd-grafana', null)],
  },
  '24-vote-bot-serviceprofile-routes-v2.89': { labels: deployment('emojivoto', 'vote-bot'), edges: [] },
  // Through a gateway of another cluster: the mirrored Service is all that is known, and the gateway's identity.
  // A mirrored Service stands for that of the other cluster, whose name its series say.
  '25-multicluster-gateway-client-2.11-2.14': {
    labels: { namespace: 'default', deployment: 'hello', pod: 'hello-2' },
    edges: [secured('default/deployment/hello', 'external:remote/west/default/service/world', 2, 0.5)],
  },
  '26-serviceprofile-timeout-client-2.11': { labels: deployment('linkerd-test', 'client'), edges: [] },
  // One row of the control plane (hidden), one of an application; both came with the labels of their scrape.
  '27-prometheus-series-as-seen-2.3-2.4': {
    labels: {},
    addResponses: true,
    edges: [secured('external:identity/default.booksapp', 'booksapp/deployment/authors', 79096)],
    golden: { 'booksapp/deployment/authors': 79096 },
  },
  '28-opaque-unmeshed-2.11': {
    labels: { namespace: 'linkerd-opaque-ports-test', k8s_job: 'slow-cooker', pod: 'slow-cooker-1' },
    addResponses: true,
    edges: [
      {
        source: 'linkerd-opaque-ports-test/job/slow-cooker',
        target: 'linkerd-opaque-ports-test/deployment/opaque-unmeshed-svc',
        lock: 'plaintext',
        reasons: ['not_provided_by_service_discovery'],
        requests: 16,
      },
    ],
  },
  '29-rustls-info-v2.313': { labels: deployment('default', 'app'), edges: [] },
  // The server's side of a database: its caller is known by identity alone.
  '30-postgres-opaque-both-sides-2.18': {
    labels: { namespace: 'dblin', statefulset: 'postgres', pod: 'postgres-0' },
    edges: [secured('external:identity/default.dblin', 'dblin/statefulset/postgres', null)],
  },
  '31-control-identity-cert-v2.364': { labels: deployment('dr-demo', 'loadgen'), edges: [] },
  // A connection whose server showed no identity is not secured, but nor is a row at 0 a plaintext connection.
  '32-tcp-client-side-2.3-2.4': { labels: deployment('strest', 'client'), edges: [] },
};
