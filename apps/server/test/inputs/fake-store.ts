// A Prometheus that a test holds in its hand: it knows our questions by name, counts them, and fails when told to.

import type { PartName } from '../../src/mesh/answers.ts';
import type { PrometheusClient } from '../../src/sources/prometheus/client.ts';
import type { Labels, Sample, SampleLine } from '../../src/sources/prometheus/sample.ts';

export type QuestionName =
  | PartName
  | 'age'
  | 'start'
  | 'added'
  | 'interval'
  | 'dialect'
  | 'facts'
  | 'silence'
  | 'history';

/** By words that only this question has, the more telling ones first. */
const SIGNS: readonly (readonly [string, QuestionName])[] = [
  ['time() - (quantile(0.5, max by (', 'age'],
  ['"fact", "start"', 'start'],
  ['increase_prometheus(vector', 'dialect'],
  ['scrape_series_added', 'added'],
  ['quantile(0.5, (timestamp(tcp_open_total', 'interval'],
  ['quantile(0.5', 'facts'],
  ['max_over_time(timestamp(', 'silence'],
  ['outbound_http_route_backend_response_statuses_total', 'routeBackends'],
  ['(dst_namespace, dst_service, classification)', 'serviceResponses'],
  ['(dst_namespace, dst_service, le)', 'serviceLatency'],
  ['(dst_namespace, dst_service)', 'serviceCounts'],
  ['increase(tcp_open_total', 'connections'],
  ['tcp_read_bytes_total', 'volume'],
  ['response_latency_ms_bucket{direction="inbound",target_port=~"', 'noiseLatency'],
  ['response_latency_ms_bucket{direction="inbound"', 'inboundLatency'],
  ['response_latency_ms_bucket{direction="outbound"', 'outboundLatency'],
  ['inbound_http_authz_deny_total', 'refused'],
  ['inbound_tcp_authz_allow_total', 'admitted'],
  ['outbound_http_route_request_statuses_total', 'unreached'],
  ['response_total{direction="outbound"', 'outbound'],
  ['response_total{direction="inbound"', 'inbound'],
  ['tcp_open_connections{direction="outbound"', 'open'],
];

export interface Asked {
  readonly name: QuestionName;
  readonly tier: string;
  readonly text: string;
  /** Unix seconds. */
  readonly atSeconds: number;
}

const WEB = { namespace: 'shop', deployment: 'web' };
const FRONT_TO_WEB = { namespace: 'shop', deployment: 'front', dst_namespace: 'shop', dst_deployment: 'web' };
const SECURED = { tls: 'true', server_id: 'web.shop.serviceaccount.identity.linkerd.cluster.local' };
const FROM_FRONT = { tls: 'true', client_id: 'front.shop.serviceaccount.identity.linkerd.cluster.local' };

export function sample(labels: Labels, value: number): Sample {
  return { labels, value };
}

export function factsOf(intervalSeconds: number | null, workloads = 2): Sample[] {
  return [
    ...(intervalSeconds === null ? [] : [sample({ fact: 'interval' }, intervalSeconds)]),
    sample({ fact: 'proxies', version: 'v2.366.0' }, workloads),
    sample({ fact: 'pods' }, workloads),
    sample({ fact: 'named' }, workloads),
    sample({ fact: 'workloads' }, workloads),
  ];
}

/** `front` calls `web`, 4 a second, all secured. */
const ANSWERS: Readonly<Record<QuestionName, readonly Sample[]>> = {
  age: [sample({}, 5)],
  start: [],
  added: [sample({}, 0)],
  dialect: [],
  interval: [],
  facts: factsOf(10),
  silence: [],
  history: [],
  open: [
    sample({ ...FRONT_TO_WEB, target_port: '8080' }, 2),
    sample({ ...FRONT_TO_WEB, target_port: '8080', pool: 'yes' }, 1),
  ],
  outbound: [
    sample({ ...FRONT_TO_WEB, ...SECURED, classification: 'success', status_code: '200' }, 3),
    sample({ ...FRONT_TO_WEB, ...SECURED, classification: 'failure', status_code: '500' }, 1),
  ],
  inbound: [
    sample({ ...WEB, ...FROM_FRONT, target_port: '8080', classification: 'success' }, 3),
    sample({ ...WEB, ...FROM_FRONT, target_port: '8080', classification: 'failure' }, 1),
  ],
  connections: [sample({ ...FRONT_TO_WEB, ...SECURED, target_port: '8080' }, 2)],
  unreached: [],
  refused: [],
  admitted: [],
  inboundLatency: [sample({ ...WEB, le: '10' }, 4), sample({ ...WEB, le: '+Inf' }, 4)],
  noiseLatency: [],
  outboundLatency: [sample({ ...FRONT_TO_WEB, le: '10' }, 4), sample({ ...FRONT_TO_WEB, le: '+Inf' }, 4)],
  routeRequests: [],
  routeBackends: [],
  routeRetries: [],
  routeLatency: [],
  profileResponses: [],
  profileLatency: [],
  ...{ callRequests: [], callBackends: [], callRetries: [], callLatency: [] },
  ...{ pairResponses: [], pairConnections: [], pairOpen: [], pairLatency: [] },
  responseStatuses: [],
  ...{ podResponses: [], podCounts: [], podLatency: [] },
  ...{ serviceResponses: [], serviceCounts: [], serviceLatency: [] },
  ...{ policyResponses: [], policyDecisions: [], policyLatency: [] },
  volume: [
    sample({ ...FRONT_TO_WEB, target_port: '8080', what: 'opensPerSecond' }, 0),
    sample({ ...FRONT_TO_WEB, target_port: '8080', what: 'readBytesPerSecond' }, 100),
    sample({ ...FRONT_TO_WEB, target_port: '8080', what: 'writeBytesPerSecond' }, 50),
  ],
};

export class FakeStore implements PrometheusClient {
  readonly asked: Asked[] = [];
  readonly answers = new Map<QuestionName, readonly Sample[]>(
    Object.entries(ANSWERS) as [QuestionName, readonly Sample[]][],
  );
  readonly failing = new Map<QuestionName, Error>();
  readonly warnings: string[] = [];
  /** What the store answers when it is asked what it holds. */
  survey: readonly Sample[] = [];
  /** All questions fail with this. */
  outage: Error | null = null;
  /** How long an answer takes. */
  delayMs = 0;
  /** Of single questions, beyond that. */
  readonly delays = new Map<QuestionName, number>();
  past: readonly SampleLine[] = [];
  aborted = 0;

  async query(text: string, options: Parameters<PrometheusClient['query']>[1]): Promise<Sample[]> {
    const { tier, atSeconds, signal, onTook, onWarnings } = options;
    if (tier === 'survey') return [...this.survey];
    const name = SIGNS.find(([sign]) => text.includes(sign))?.[1];
    if (!name) throw new Error(`no question that we know: ${text}`);
    this.asked.push({ name, tier, text, atSeconds });
    await this.#pass(signal, this.delays.get(name));
    const error = this.outage ?? this.failing.get(name);
    if (error) throw error;
    onTook?.(this.delayMs / 1000);
    if (this.warnings.length > 0) onWarnings?.(this.warnings);
    return [...(this.answers.get(name) ?? [])];
  }

  async queryRange(text: string, options: Parameters<PrometheusClient['queryRange']>[1]) {
    const { tier, endSeconds, signal } = options;
    this.asked.push({ name: 'history', tier, text, atSeconds: endSeconds });
    await this.#pass(signal);
    const error = this.outage ?? this.failing.get('history');
    if (error) throw error;
    return [...this.past];
  }

  async close(): Promise<void> {}

  /** The names of what was asked since the last call. */
  takeAsked(): QuestionName[] {
    return this.asked.splice(0).map(({ name }) => name);
  }

  #pass(signal: AbortSignal | undefined, moreMs = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, this.delayMs + moreMs);
      signal?.addEventListener('abort', () => {
        this.aborted++;
        clearTimeout(timer);
        reject(signal.reason);
      });
    });
  }
}
