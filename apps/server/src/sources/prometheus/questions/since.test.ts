import { expect, it } from 'vitest';
import { sinceQuery } from './since.ts';

const SCOPE = { matchers: ['cluster="east"'], windowSeconds: 60, successTarget: 0.99, latencyTargetMs: 1000 };
const WEB = 'a/deployment/web';

it.each([
  [
    ['plaintext', 'x', `${WEB}~b/statefulset/db`],
    'sum(rate(response_total{direction="outbound",namespace="a",deployment="web",dst_namespace="b",dst_statefulset="db",tls!="true",cluster="east"}[60s])) > 0 or sum(tcp_open_connections{direction="outbound",namespace="a",deployment="web",dst_namespace="b",dst_statefulset="db",tls!="true",peer="dst",cluster="east"}) > 0',
  ],
  [
    ['plaintext', 'x', `unmeshed:${WEB}~${WEB}`],
    'sum(rate(response_total{direction="inbound",namespace="a",deployment="web",tls!="true",cluster="east"}[60s])) > 0 or sum(tcp_open_connections{direction="inbound",namespace="a",deployment="web",tls!="true",peer="src",cluster="east"}) > 0',
  ],
  [
    ['failing', 'failing', WEB],
    'sum(rate(response_total{direction="inbound",namespace="a",deployment="web",classification="failure",cluster="east"}[60s])) / sum(rate(response_total{direction="inbound",namespace="a",deployment="web",cluster="east"}[60s])) > 0.01',
  ],
  [
    ['slow', 'slow', WEB],
    'histogram_quantile(0.95, sum by (le) (rate(response_latency_ms_bucket{direction="inbound",namespace="a",deployment="web",cluster="east"}[60s]))) > 1000',
  ],
  [
    ['refused', 'refused-rate-limit', `b/job/report~${WEB}`],
    'sum(rate(inbound_http_local_ratelimit_total{namespace="a",deployment="web",cluster="east"}[60s])) > 0',
  ],
  [
    ['lost', 'lost', `${WEB}~a/service/gone`],
    'sum(rate(outbound_http_route_request_statuses_total{namespace="a",deployment="web",parent_namespace="a",parent_name="gone",error=~"FAIL_FAST|LOAD_SHED",cluster="east"}[60s])) > 0',
  ],
  [['look', 'proxy-version', WEB], null],
])('asks of %j', ([kind = '', code = '', where = ''], text) => {
  expect(sinceQuery({ kind, code, where }, SCOPE)).toBe(text);
});
