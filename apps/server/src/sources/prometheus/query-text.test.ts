import { describe, expect, it } from 'vitest';
import type { AskScope } from './questions/ask-scope.ts';
import { connectionsQuery, openQuery, volumeQuery } from './questions/connections.ts';
import { inboundLatencyQuery, noiseLatencyQuery, outboundLatencyQuery } from './questions/latency.ts';
import { admittedQuery, refusedQuery } from './questions/policy/policy.ts';
import { duration, matcher } from './questions/promql.ts';
import { inboundQuery, outboundQuery } from './questions/responses.ts';
import { ageQuery, dataStartQuery, intervalQuery } from './questions/sampling.ts';
import { factsQuery, historyQuery, silenceQuery } from './questions/start-up.ts';
import { unreachedQuery } from './questions/unreached.ts';
import { replacedQuery } from './questions/witnesses.ts';

const FROM =
  'namespace, deployment, statefulset, daemonset, k8s_job, cronjob, replicaset, replicationcontroller, control_plane_component, extension';
const TO =
  'dst_namespace, dst_deployment, dst_statefulset, dst_daemonset, dst_k8s_job, dst_job, dst_cronjob, dst_replicaset, dst_replicationcontroller, dst_external_workload, dst_service, dst_control_plane_ns, target_port';
const NO_OWNER =
  'deployment="",statefulset="",daemonset="",k8s_job="",cronjob="",replicaset="",replicationcontroller=""';
const NO_DST_OWNER =
  'dst_deployment="",dst_statefulset="",dst_daemonset="",dst_k8s_job="",dst_job="",dst_cronjob="",dst_replicaset="",dst_replicationcontroller="",dst_external_workload=""';
const AWAY = 'target_addr, target_port, authority, hostname, server_id';
const DST = 'direction="outbound",peer="dst",no_tls_reason!="loopback"';

const scope: AskScope = {
  matchers: [],
  barePods: false,
  windowSeconds: 60,
  intervalSeconds: 10,
  withNew: false,
  newPods: null,
  renamed: false,
  oldPods: [],
  withoutVersions: false,
  isMetricsQl: false,
  sight: 'sum',
  coarse: false,
  commonBoundsMs: null,
  lastFromCount: false,
  reaching: null,
  reach: 'all',
  probeRoutes: [],
};

describe('the questions about traffic', () => {
  it('asks of the pods alone that have new series, where they are known (truth rule 15)', () => {
    const text = outboundQuery({ ...scope, withNew: true, newPods: ['web-7f-1', 'web-7f-2'] });
    const own = 'no_tls_reason!="loopback",dst_namespace!="",pod=~"web-7f-1|web-7f-2"';
    const selector = `response_total{direction="outbound",${own}}`;
    expect(text).toContain(`((min_over_time(${selector}[60s]) unless ${selector} offset 60s and on (`);
    expect(connectionsQuery({ ...scope, withNew: true, newPods: ['web-7f-1'] })).toContain(
      ` or min_over_time(tcp_open_total{${DST},dst_namespace!="",pod="web-7f-1"}[60s])`,
    );
  });

  it('asks who called whom, how it ended and under which lock', () => {
    expect(outboundQuery(scope)).toBe(
      `sum by (${FROM}, ${TO}, tls, server_id, no_tls_reason, classification, status_code, grpc_status) (rate(response_total{direction="outbound",no_tls_reason!="loopback",dst_namespace!=""}[60s]))` +
        ` or sum by (${FROM}, ${AWAY}, tls, no_tls_reason, classification, status_code, grpc_status) (rate(response_total{direction="outbound",no_tls_reason!="loopback",dst_namespace=""}[60s]))`,
    );
  });

  it('asks by endpoint where Services reach into other clusters, and nothing twice', () => {
    const text = openQuery({ ...scope, barePods: true, reaching: '.+-federated|api-west' });
    const away = 'dst_service=~".+-federated|api-west"';
    expect(text.split('dst_service!~".+-federated|api-west"')).toHaveLength(2 * 3 + 1);
    expect(text).toContain(
      `sum by (${FROM}, ${TO}, pod, dst_pod, target_addr) (tcp_open_connections{${DST},dst_namespace!="",${away}})`,
    );
  });

  it('counts what is new from nothing, where its pod was scraped or started meanwhile (truth rule 15)', () => {
    const text = refusedQuery({ ...scope, withNew: true });
    const family = 'inbound_http_authz_deny_total';
    expect(text).toContain(
      `(label_replace(min_over_time(${family}[60s]) unless ${family} offset 60s, "refusal", "authorization", "", "") or `,
    );
    expect(text).toContain(
      ') and on (namespace, pod, instance) (timestamp(proxy_build_info offset 60s) > time() - 85 or (timestamp(up offset 60s) > time() - 85 and up offset 60s == 1) or last_over_time(process_start_time_seconds[60s]) > time() - 85)) / 60), "new", "yes", "", "")',
    );
    expect(text).toContain(`(rate(${family}[60s]))`);
  });

  it('finds pods whose new series took the place of others, and asks for nothing new of those', () => {
    const all = 'response_total{pod="web-1"}';
    const come = `sum by (namespace, pod, instance) (min_over_time(${all}[60s]) unless ${all} offset 60s)`;
    const gone = `sum by (namespace, pod, instance) (${all} offset 60s unless ${all})`;
    const grown = `sum by (namespace, pod, instance) (rate(${all}[60s]))`;
    expect(replacedQuery({ ...scope, newPods: ['web-1'] })).toContain(
      `count by (namespace, pod) (((${come} >= ${gone} / 2) > 10 + 25 * ${grown}) or (`,
    );
    const text = inboundQuery({ ...scope, withNew: true, oldPods: ['web-1', 'api.1'] });
    expect(text).toContain('(rate(response_total{direction="inbound"}[60s]))');
    expect(text).toContain(String.raw`,pod!~"web-1|api\\.1"}[60s]) unless`);
  });

  it('asks what a window has grown by where a rate is over the time that a series has samples', () => {
    const responses = 'response_total{direction="inbound"}';
    expect(inboundQuery({ ...scope, isMetricsQl: true })).toContain(
      `(increase(${responses}[60s]) and ${responses} offset 60s or increase_prometheus(${responses}[60s])) / 60`,
    );
  });

  it('leaves out, or counts by pod, what no proxy counts (truth rule 21)', () => {
    const plausible = '((rate(response_total{direction="inbound"}[60s])) >= 0 <= 100000000)';
    expect(inboundQuery({ ...scope, sight: 'plausible' })).toContain(`(${plausible})`);
    expect(inboundQuery({ ...scope, sight: 'strange' })).toBe(
      `count by (namespace, pod) ((rate(response_total{direction="inbound"}[60s])) unless ${plausible})`,
    );
  });

  it('asks what each workload received', () => {
    expect(inboundQuery(scope)).toBe(
      `sum by (${FROM}, target_port, srv_port, srv_name, tls, client_id, no_tls_reason, route_name, authz_name, classification) (rate(response_total{direction="inbound"}[60s]))`,
    );
  });

  it('asks for the connections that lived in the window (truth rule 3)', () => {
    const byEdge = (of: (where: string) => string) =>
      `sum by (${FROM}, ${TO}, tls, server_id, no_tls_reason) (${of(`{${DST},dst_namespace!=""}`)})` +
      ` or sum by (${FROM}, ${AWAY}, tls, no_tls_reason) (${of(`{${DST},dst_namespace=""}`)})`;
    const open = (where: string) => `tcp_open_connections${where} offset 60s`;
    const opened = byEdge((where) => `increase(tcp_open_total${where}[60s])`);
    const since = `label_replace(${opened}, "lived", "opened", "", "")`;
    expect(connectionsQuery(scope)).toBe(`${byEdge(open)} or ${since}`);
    const first = byEdge((where) => `${open(where)} or min_over_time(tcp_open_total${where}[60s])`);
    expect(connectionsQuery({ ...scope, withNew: true })).toBe(`${first} or ${since}`);
  });

  it('asks for what never reached an endpoint by error or deny route (truth rule 11)', () => {
    const by = `sum by (${FROM}, parent_kind, parent_namespace, parent_name, parent_port, route_name, hostname, error)`;
    const one = (protocol: string, selector: string) =>
      `label_replace(${by} (rate(outbound_${protocol}_${selector}[60s])), "protocol", "${protocol}", "", "")`;
    expect(unreachedQuery(scope)).toBe(
      [
        one('http', 'route_request_statuses_total{error=~"FAIL_FAST|LOAD_SHED"}'),
        one('http', 'route_request_statuses_total{route_name=~"(http|grpc)-egress-deny"}'),
        one('grpc', 'route_request_statuses_total{error=~"FAIL_FAST|LOAD_SHED"}'),
        one('grpc', 'route_request_statuses_total{route_name=~"(http|grpc)-egress-deny"}'),
        one('tcp', 'route_close_total{error=~"forbidden|invalid_backend|invalid_policy"}'),
        one('tls', 'route_close_total{error=~"forbidden|invalid_backend|invalid_policy"}'),
      ].join(' or '),
    );
  });

  it('asks the families of refusal as one (truth rule 12)', () => {
    const one = (family: string, refusal: string) =>
      `label_replace(sum by (${FROM}, target_port, srv_port, tls, client_id, no_tls_reason, route_name) (rate(${family}[60s])), "refusal", "${refusal}", "", "")`;
    expect(refusedQuery(scope)).toBe(
      [
        one('inbound_http_authz_deny_total', 'authorization'),
        one('inbound_http_route_not_found_total', 'route'),
        one('inbound_http_local_ratelimit_total', 'rateLimit'),
        one('inbound_tcp_authz_deny_total', 'connection'),
      ].join(' or '),
    );
  });

  it('asks for the connections that policy let in, opened and held', () => {
    const by = `sum by (${FROM}, target_port, srv_port, tls, client_id, no_tls_reason, route_name)`;
    const plain = 'tls!="true",target_port!~"419[01]"';
    expect(admittedQuery(scope)).toBe(
      `label_replace(${by} (rate(inbound_tcp_authz_allow_total[60s])), "admitted", "opened", "", "")` +
        ` or label_replace(${by} (tcp_open_connections{direction="inbound",peer="src",${plain}} and ignoring (direction, peer, authz_group, authz_kind, authz_name, saz_name) inbound_tcp_authz_allow_total{${plain}}), "admitted", "held", "", "")`,
    );
  });

  it('asks by pod for series without an owner, only when there are some', () => {
    const wide = { ...scope, barePods: true };
    expect(openQuery(wide).split(' or label_replace(')[0]).toBe(
      [
        `sum by (${FROM}, ${TO}) (tcp_open_connections{${DST},dst_namespace!=""})`,
        `sum by (${FROM}, ${AWAY}, pod) (tcp_open_connections{${DST},dst_namespace=""})`,
        `sum by (${FROM}, ${TO}, pod, dst_pod) (tcp_open_connections{${DST},dst_namespace!="",${NO_OWNER},pod!=""})`,
        `sum by (${FROM}, ${TO}, pod, dst_pod) (tcp_open_connections{${DST},dst_namespace!="",${NO_DST_OWNER},dst_pod!=""})`,
      ].join(' or '),
    );
    expect(inboundQuery(wide)).toContain(`sum by (${FROM}, pod, target_port,`);
  });
});

describe('the questions about latencies', () => {
  it('asks for all buckets, without scrapes and probes (truth rule 10)', () => {
    const inbound = 'direction="inbound",target_port!~"419[01]",srv_port!~"419[01]"';
    expect(inboundLatencyQuery(scope)).toBe(
      `sum by (${FROM}, le) (rate(response_latency_ms_bucket{${inbound},route_name!="probe"}[60s]))` +
        ` or sum by (${FROM}, le, route_name, tls) (rate(response_latency_ms_bucket{${inbound},route_name="probe",tls="true"}[60s]))`,
    );
    expect(outboundLatencyQuery(scope)).toBe(
      `sum by (${FROM}, ${TO}, le) (rate(response_latency_ms_bucket{direction="outbound",no_tls_reason!="loopback",dst_namespace!=""}[60s]))` +
        ` or sum by (${FROM}, ${AWAY}, le) (rate(response_latency_ms_bucket{direction="outbound",no_tls_reason!="loopback",dst_namespace=""}[60s]))`,
    );
  });

  it('asks for the edges in view alone, in and out, when told to', () => {
    const one = (ends: string) => {
      const buckets = (known: string) =>
        `(rate(response_latency_ms_bucket{direction="outbound",no_tls_reason!="loopback",${ends},${known}}[60s]))`;
      return `sum by (${FROM}, ${TO}, le) ${buckets('dst_namespace!=""')} or sum by (${FROM}, ${AWAY}, le) ${buckets('dst_namespace=""')}`;
    };
    expect(outboundLatencyQuery({ ...scope, reach: ['bank', 'shop'] })).toBe(
      `${one('namespace=~"bank|shop"')} or ${one('namespace!~"bank|shop",dst_namespace=~"bank|shop"')}`,
    );
  });

  it('reads the bounds that all histograms have, and their count where the last one is missing', () => {
    const text = inboundLatencyQuery({ ...scope, commonBoundsMs: [10, 100], lastFromCount: true });
    expect(text).toContain('response_latency_ms_bucket{');
    expect(text).toContain(',le=~"(10|100)([.]0)?|[+]Inf"}[60s]');
    expect(text).toMatch(
      / or label_replace\(sum by .*response_latency_ms_count\{.*, "le", "count", "", ""\)$/,
    );
    const brief = inboundLatencyQuery({ ...scope, coarse: true, commonBoundsMs: [3, 10, 100] });
    expect(brief).toContain('le=~"(10|100)([.]0)?|[+]Inf"');
  });

  it('asks for 14 bounds in either spelling when told to be brief (truth rule 7)', () => {
    const outboundLatency = outboundLatencyQuery({ ...scope, coarse: true });
    const pattern = /le=~"([^"]+)"/.exec(outboundLatency)?.[1] as string;
    const matches = (le: string) => new RegExp(`^(?:${pattern})$`).test(le);
    const kept = [
      '1',
      '2',
      '5',
      '10',
      '20',
      '50',
      '100',
      '200',
      '500',
      '1000',
      '2000',
      '5000',
      '10000',
      '50000',
    ];
    for (const le of kept) expect(matches(le) && matches(`${le}.0`), le).toBe(true);
    expect(matches('+Inf')).toBe(true);
    for (const le of ['3', '4', '30', '3.0', '4000', '20000', '1.5', '']) expect(matches(le), le).toBe(false);
  });

  it('asks for the connections open now, and which ports carry HTTP', () => {
    const asked = (where: string) => `last_over_time(request_total{direction="outbound",${where}}[60s])`;
    expect(openQuery(scope)).toBe(
      `sum by (${FROM}, ${TO}) (tcp_open_connections{${DST},dst_namespace!=""}) or sum by (${FROM}, ${AWAY}) (tcp_open_connections{${DST},dst_namespace=""})` +
        ` or label_replace(count by (${FROM}, ${TO}) (${asked('dst_namespace!=""')})` +
        ` or count by (${FROM}, ${AWAY}) (${asked('dst_namespace=""')}), "pool", "yes", "", "")`,
    );
  });

  it('asks for opens and bytes family by family, each under its name', () => {
    const one = (family: string, what: string) =>
      `label_replace(sum by (${FROM}, ${TO}) (rate(${family}{${DST},dst_namespace!=""}[60s])) or sum by (${FROM}, ${AWAY}) (rate(${family}{${DST},dst_namespace=""}[60s])), "what", "${what}", "", "")`;
    expect(volumeQuery(scope)).toBe(
      [
        one('tcp_open_total', 'opensPerSecond'),
        one('tcp_read_bytes_total', 'readBytesPerSecond'),
        one('tcp_write_bytes_total', 'writeBytesPerSecond'),
      ].join(' or '),
    );
  });
});

describe('the rare questions', () => {
  it('measure the scrape interval from any family, and count proxies by version (truth rules 6 and 13)', () => {
    const gap = (family: string, span: string) =>
      `quantile(0.5, (timestamp(${family}) - timestamp(${family} offset ${span})) / count_over_time(${family}[${Number(span.slice(0, -1)) - 1}999ms]) > 0)`;
    const text = factsQuery([]);
    for (const span of ['60s', '10s', '600s']) {
      expect(text).toContain(gap('proxy_build_info', span));
      expect(intervalQuery([])).toContain(gap('request_total{direction="inbound"}', span));
      expect(intervalQuery([])).toContain(gap('up', span));
    }
    const named = 'proxy_build_info{pod!=""} or proxy_build_info{instance!=""}';
    const scrapes = 'response_total{direction="inbound",target_port="4191"}';
    // Dear to read: asked alone where the others are not there.
    expect(text).not.toContain('request_total');
    expect(text).toContain(
      [
        'label_replace(count by (version, exported_version) (proxy_build_info), "fact", "proxies", "", "")',
        `label_replace(count(${named}), "fact", "named", "", "")`,
        `label_replace(count(count by (namespace, pod, instance) (${named})), "fact", "pods", "", "")`,
        `label_replace(count(changes(process_start_time_seconds[600s]) > 8) or count(resets(${scrapes}[600s]) > 8), "fact", "mixed", "", "")`,
        `label_replace(count(count by (${FROM}) (proxy_build_info)), "fact", "workloads", "", "")`,
        'label_replace(count by (namespace, workload_ns) (proxy_build_info{workload_ns!=""}), "fact", "places", "", "")',
        'label_replace(count(latchwork:unreached:rate1m{latchwork_rules="2"}), "fact", "rules", "", "")',
      ].join(' or '),
    );
  });

  it('ask why nothing moves', () => {
    expect(silenceQuery([])).toBe(
      ['up', 'response_total', 'request_total', 'tcp_open_total', 'proxy_build_info']
        .map((family) => `label_replace(count(${family}), "family", "${family}", "", "")`)
        .join(' or ') +
        ' or label_replace(time() - max(max_over_time(timestamp(proxy_build_info)[1h:30s])), "fact", "age", "", "")',
    );
  });
});

describe('every question', () => {
  it('bears the constant matchers in each of its selectors, and none filters on job (truth rule 9)', () => {
    const matchers = [matcher('cluster', '=', 'ea"st')];
    const wide: AskScope = { ...scope, matchers, barePods: true, coarse: true, reach: ['shop', 'bank'] };
    const texts = [
      ...[unreachedQuery, refusedQuery, admittedQuery, inboundQuery, outboundQuery, connectionsQuery].map(
        (text) => text(wide),
      ),
      ...[inboundLatencyQuery, noiseLatencyQuery, outboundLatencyQuery, openQuery, volumeQuery].map((text) =>
        text(wide),
      ),
      factsQuery(matchers),
      intervalQuery(matchers),
      ageQuery(matchers, 'few'),
      dataStartQuery(matchers, 60, 5),
      silenceQuery(matchers),
      historyQuery(wide),
    ];
    for (const text of texts) {
      const bare = text.replace(/(label_replace\(.*?), "\w+", "\w+", "", ""\)/g, '$1)');
      const selectors =
        bare.match(
          /\b((response|request|tcp|inbound|outbound|process|proxy)_[a-z_]+|latchwork:[a-z_:0-9]+|up(?=\{))/g,
        ) ?? [];
      const families = selectors.filter((name) =>
        /^up$|^latchwork:|_(total|bucket|connections|seconds|info)$/.test(name),
      );
      expect(text.split('cluster="ea\\"st"').length - 1).toBe(families.length);
      expect(text).not.toMatch(/\bjob=/);
      // Careful stores refuse a selector without a name.
      expect(text).not.toMatch(/__name__|[ (]\{/);
    }
  });
});

describe('duration(seconds)', () => {
  it('is whole seconds, or milliseconds', () => {
    expect([duration(60), duration(12.5)]).toEqual(['60s', '12500ms']);
  });
});
