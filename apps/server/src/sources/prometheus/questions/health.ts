// The questions about the health of the mesh itself: certificates, the control plane as proxies see it, scrapes and their cost.

import { countBy, duration, matcher, series, sumBy, tagged, union } from './promql.ts';

const HOUR_SECONDS = 3_600;
const CONTROL_SECONDS = 600;
const PROBES_SECONDS = 60;
/** Whoever has more than these has one cause for them all. */
const MOST = 30;
/** Whoever asks about one workload wants to find it among them. */
const MOST_DOWN = 300;

/** One row for each proxy that is stored: where it runs, and what it says of its build. */
export function proxiesQuery(matchers: readonly string[]): string {
  return countBy(
    ['namespace', 'workload_ns', 'pod', 'version', 'exported_version', 'vendor', 'profile'],
    series('proxy_build_info', matchers),
  );
}

/** Facts of health, each under its name in the label `fact`. */
export function healthQuery(matchers: readonly string[]): string {
  const of = (name: string, more: readonly string[] = []) => series(name, [...more, ...matchers]);
  const ofProxies = (name: string) => `(${of(name)} and on (instance) ${of('proxy_build_info')})`;
  const grown = (selector: string, seconds: number) => `increase(${selector}[${duration(seconds)}])`;
  const expiry = `(${of('control_identity_cert_expiration_timestamp_seconds')} or ${of('identity_cert_expiration_timestamp_seconds')})`;
  const refreshes = of('control_identity_cert_refreshes_total', [matcher('result', '=', 'error')]);
  const control = of('control_response_total');
  const failed = of('control_response_total', [matcher('classification', '=', 'failure')]);
  const detected = of('inbound_tcp_detect_http_results_total');
  const late = of('inbound_tcp_detect_http_results_total', [matcher('result', '=', 'read_timeout')]);
  const most = (expression: string) => `topk(${MOST}, ${expression} > 0)`;
  const fact = (name: string, expression: string) => tagged('fact', name, expression);
  // An application's own page may be down for other reasons, and is nobody's business here.
  const upOfProxies = union([
    of('up', [matcher('control_plane_ns', '!=', '')]),
    of('up', [matcher('instance', '=~', '.+:4191')]),
  ]);
  const probes = of('gateway_probe_latency_ms_bucket');
  const latency = (quantile: number) =>
    `histogram_quantile(${quantile}, ${sumBy(['le', 'target_cluster_name'], `rate(${probes}[${duration(PROBES_SECONDS)}])`)})`;

  return union([
    fact('issuer', `min(${of('issuer_cert_ttl_seconds')})`),
    fact('leaf', `min(${expiry} - time())`),
    fact('leaves', `count(${expiry})`),
    fact('expired', `count(${expiry} < time())`),
    fact('refreshes', `count(${refreshes})`),
    fact('refreshErrors', most(sumBy(['namespace', 'pod'], grown(refreshes, HOUR_SECONDS)))),
    fact('control', sumBy(['addr'], grown(control, CONTROL_SECONDS))),
    fact('controlFailures', most(sumBy(['addr'], grown(failed, CONTROL_SECONDS)))),
    fact('detects', `count(${detected})`),
    fact('detectTimeouts', most(sumBy(['namespace', 'pod', 'srv_port'], grown(late, HOUR_SECONDS)))),
    fact('age', `time() - max(timestamp(${of('proxy_build_info')}))`),
    fact('down', `topk(${MOST_DOWN}, ${countBy(['namespace', 'pod'], `(${upOfProxies}) == 0`)})`),
    fact('samples', `sum(${ofProxies('scrape_samples_scraped')})`),
    fact('scrapeSeconds', `avg(${ofProxies('scrape_duration_seconds')})`),
    fact('memory', `sum(${ofProxies('process_resident_memory_bytes')})`),
    fact('largest', `topk(1, max by (namespace, pod) (${ofProxies('process_resident_memory_bytes')}))`),
    fact('gatewayAlive', `max by (target_cluster_name) (${of('gateway_alive')})`),
    fact('gatewayEnabled', `max by (target_cluster_name) (${of('gateway_enabled')})`),
    fact(
      'gatewayProbes',
      sumBy(['target_cluster_name'], `rate(${of('gateway_probes')}[${duration(PROBES_SECONDS)}])`),
    ),
    fact('gatewayP50', latency(0.5)),
    fact('gatewayP95', latency(0.95)),
  ]);
}
