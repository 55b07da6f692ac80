// A made-up mesh of any size as Prometheus series: the families that the collector asks for, with the labels that proxies
// print and viz' scrape configuration adds. The same size gives the same series.

export interface MadeSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** A counter's growth a second; null for a gauge. */
  readonly rate: number | null;
  /** A gauge's value, or where a counter began. */
  readonly start: number;
}

const PODS = 3;
const BOUNDS = [
  ...[1, 10, 100, 1000, 10_000].flatMap((ten) => [1, 2, 3, 4, 5].map((digit) => digit * ten)),
  Number.POSITIVE_INFINITY,
];

interface Pod {
  readonly name: string;
  readonly ip: string;
}

interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly isMeshed: boolean;
  readonly identity: string;
  readonly pods: readonly Pod[];
}

interface Call {
  readonly source: Workload;
  readonly target: Workload;
  /** Of one pod to one pod. */
  readonly rps: number;
  readonly failureShare: number;
  readonly isTcp: boolean;
  readonly medianMs: number;
}

/** About 4 calls of each workload, 3 pods each; a few unmeshed, idle, failing, or TCP alone. */
export function* largeMesh(workloadCount: number, namespaceCount: number): Generator<MadeSeries> {
  const random = lcg(workloadCount);
  const workloads = Array.from({ length: workloadCount }, (_, index) => toWorkload(index, namespaceCount));
  const callers = new Map<Workload, Set<Workload>>();
  for (const source of workloads) {
    if (!source.isMeshed) continue;
    // A few call many, most call few; everybody calls the popular ones.
    const calls = Math.min(workloadCount - 1, Math.max(1, Math.round(2 / Math.sqrt(random() + 0.02))));
    const targets = new Set<Workload>();
    while (targets.size < calls) {
      const target = workloads[Math.floor(workloadCount * random() ** 2)] as Workload;
      if (target !== source) targets.add(target);
    }
    for (const target of targets) {
      callers.set(target, (callers.get(target) ?? new Set()).add(source));
      yield* outbound({
        source,
        target,
        rps: random() < 0.1 ? 0 : 0.2 + 2 * random(),
        failureShare: random() < 0.15 ? 0.1 * random() : 0,
        isTcp: random() < 0.1,
        medianMs: 2 + 200 * random() ** 3,
      });
    }
  }
  for (const workload of workloads)
    if (workload.isMeshed) yield* inbound(workload, [...(callers.get(workload) ?? [])], random);
}

function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function toWorkload(index: number, namespaceCount: number): Workload {
  const namespace = `team-${index % namespaceCount}`;
  const name = `service-${index}`;
  return {
    namespace,
    name,
    isMeshed: index % 20 !== 7,
    identity: `${name}.${namespace}.serviceaccount.identity.linkerd.cluster.local`,
    pods: Array.from({ length: PODS }, (_, pod) => ({
      name: `${name}-6d5f8c9b7d-${index}x${pod}`,
      ip: `10.${(index >> 6) & 255}.${index & 63}.${pod + 2}`,
    })),
  };
}

function scraped({ namespace, name }: Workload, pod: Pod): Record<string, string> {
  return {
    job: 'linkerd-proxy',
    instance: `${pod.ip}:4191`,
    namespace,
    pod: pod.name,
    deployment: name,
    control_plane_ns: 'linkerd',
    workload_ns: namespace,
    pod_template_hash: '6d5f8c9b7d',
    app: name,
    app_kubernetes_io_name: name,
    version: 'v1',
  };
}

function* outbound(call: Call): Generator<MadeSeries> {
  const { source, target } = call;
  for (const from of source.pods)
    for (const to of target.pods) {
      const labels = {
        ...scraped(source, from),
        direction: 'outbound',
        authority: `${target.name}.${target.namespace}.svc.cluster.local:8080`,
        target_addr: `${to.ip}:8080`,
        target_ip: to.ip,
        target_port: '8080',
        dst_namespace: target.namespace,
        dst_deployment: target.name,
        dst_pod: to.name,
        dst_pod_template_hash: '6d5f8c9b7d',
        dst_service: target.name,
        dst_serviceaccount: target.name,
        dst_zone: '',
        ...(target.isMeshed
          ? { dst_control_plane_ns: 'linkerd', tls: 'true', server_id: target.identity }
          : { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' }),
      };
      yield* connections({ ...labels, peer: 'dst' });
      if (!call.isTcp) yield* responses(labels, call);
    }
}

function* inbound(
  target: Workload,
  callers: readonly Workload[],
  random: () => number,
): Generator<MadeSeries> {
  const route = {
    srv_group: '',
    srv_kind: 'default',
    srv_name: 'all-unauthenticated',
    route_group: '',
    route_kind: 'default',
    authz_group: '',
    authz_kind: 'default',
  };
  for (const pod of target.pods) {
    const own = { ...scraped(target, pod), direction: 'inbound' };
    yield { labels: { ...scraped(target, pod), __name__: 'proxy_build_info' }, rate: null, start: 1 };
    yield { labels: { ...scraped(target, pod), __name__: 'scrape_series_added' }, rate: null, start: 0 };
    const ports = [
      { port: '8080', route_name: 'probe', authz_name: 'probe', rps: 0.2 },
      { port: '4191', route_name: 'default', authz_name: 'all-unauthenticated', rps: 0.1 },
    ];
    const rows = [
      ...ports.map(({ port, rps, ...names }) => ({
        labels: { ...names, tls: 'no_identity', no_tls_reason: 'no_tls_from_remote' },
        port,
        rps,
        medianMs: 1,
      })),
      ...callers.map(({ identity }) => ({
        labels: {
          route_name: 'default',
          authz_name: 'all-unauthenticated',
          tls: 'true',
          client_id: identity,
        },
        port: '8080',
        rps: 1 + random(),
        medianMs: 2 + 200 * random() ** 3,
      })),
    ];
    for (const { labels, port, rps, medianMs } of rows) {
      const all = {
        ...own,
        ...route,
        target_addr: `${pod.ip}:${port}`,
        target_ip: pod.ip,
        target_port: port,
        srv_port: port,
        ...labels,
      };
      yield* responses(all, { rps, failureShare: 0, medianMs });
      yield* connections({ ...all, peer: 'src' });
    }
  }
}

function* responses(
  labels: Record<string, string>,
  { rps, failureShare, medianMs }: Pick<Call, 'rps' | 'failureShare' | 'medianMs'>,
): Generator<MadeSeries> {
  yield { labels: { ...labels, __name__: 'request_total' }, rate: rps, start: 7 };
  const outcomes = [
    { status_code: '200', classification: 'success', share: 1 - failureShare },
    { status_code: '500', classification: 'failure', share: failureShare },
  ];
  for (const { status_code, classification, share } of outcomes) {
    if (share === 0) continue;
    const response = { ...labels, status_code, classification, grpc_status: '', error: '' };
    yield { labels: { ...response, __name__: 'response_total' }, rate: rps * share, start: 7 };
    for (const bound of BOUNDS)
      yield {
        labels: {
          ...labels,
          status_code,
          le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound),
          __name__: 'response_latency_ms_bucket',
        },
        // A log-logistic distribution: simple, with a long tail.
        rate: rps * share * (bound === Number.POSITIVE_INFINITY ? 1 : 1 / (1 + (medianMs / bound) ** 2)),
        start: 7,
      };
  }
}

function* connections(labels: Record<string, string>): Generator<MadeSeries> {
  yield { labels: { ...labels, __name__: 'tcp_open_total' }, rate: 0.01, start: 3 };
  yield { labels: { ...labels, __name__: 'tcp_open_connections' }, rate: null, start: 2 };
  yield { labels: { ...labels, __name__: 'tcp_read_bytes_total' }, rate: 900, start: 0 };
  yield { labels: { ...labels, __name__: 'tcp_write_bytes_total' }, rate: 300, start: 0 };
}

/** As a store holds them after scrapes at these times, oldest first (Unix seconds). */
export function* written(series: Iterable<MadeSeries>, timesSeconds: readonly number[]) {
  const first = timesSeconds[0] ?? 0;
  for (const { labels, rate, start } of series)
    yield {
      labels,
      samples: timesSeconds.map((at) => [at, rate === null ? start : start + rate * (at - first)] as const),
    };
}
