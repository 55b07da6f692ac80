// The alerts that people install: Prometheus takes them, each fires for what it is about, and none on a well mesh.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { findHelm } from '../../scripts/binaries/helm-binary.ts';
import { findPromtool } from '../../scripts/binaries/promtool-binary.ts';
import { CHART, renderChart } from './chart.ts';

const run = promisify(execFile);
const FILE = join(import.meta.dirname, '..', 'prometheus', 'latchwork-alerts.yaml');
const IN_CHART = join(CHART, 'files', 'latchwork-alerts.yaml');

interface Alert {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
}

const DAY = 86_400;
const WEB = 'namespace="shop",deployment="web"';
const TO_CART = 'direction="outbound",dst_namespace="shop",dst_service="cart",target_port="8080"';
const INTO = 'direction="inbound",target_port="8080",route_name="default"';

/** Series by what they are about, and the labels that the alert has then besides its own. */
const CASES: Readonly<Record<string, { readonly series: Record<string, string>; readonly labels: object }>> =
  {
    LinkerdIssuerExpiresSoon: { series: { issuer_cert_ttl_seconds: `${20 * DAY}x200` }, labels: {} },
    LinkerdIssuerExpires: { series: { issuer_cert_ttl_seconds: `${2 * DAY}x200` }, labels: {} },
    LinkerdProxyCertificateNotRenewed: {
      series: {
        'control_identity_cert_expiration_timestamp_seconds{namespace="shop",pod="web-1"}': '1900x200',
      },
      labels: { namespace: 'shop', pod: 'web-1' },
    },
    LinkerdProxyNotScraped: {
      series: { 'up{namespace="shop",pod="web-1",control_plane_ns="linkerd"}': '0x200' },
      labels: { namespace: 'shop' },
    },
    LinkerdScrapeGap: {
      series: { 'latchwork_check{id="l5d-data-plane-prom",state="warning"}': '1x200' },
      labels: { id: 'l5d-data-plane-prom', state: 'warning' },
    },
    LinkerdCheckFails: {
      series: { 'latchwork_check{id="k8s-version",state="failed"}': '1x200' },
      labels: { id: 'k8s-version', state: 'failed' },
    },
    LinkerdControlPlaneUnreachable: {
      series: { 'control_response_total{addr="linkerd-policy:8090",classification="failure"}': '0+5x200' },
      labels: { addr: 'linkerd-policy:8090' },
    },
    LinkerdNewPlaintext: {
      series: { [`response_total{${WEB},${TO_CART},tls="no_identity"}`]: '0+60x200' },
      labels: { namespace: 'shop', deployment: 'web', dst_namespace: 'shop', dst_service: 'cart' },
    },
    LinkerdWorkloadFails: {
      series: {
        [`response_total{${WEB},${INTO},classification="success"}`]: '0+50x200',
        [`response_total{${WEB},${INTO},classification="failure"}`]: '0+10x200',
      },
      labels: { namespace: 'shop', deployment: 'web' },
    },
    LinkerdWorkloadDenies: {
      series: { [`inbound_http_authz_deny_total{${WEB},srv_name="web-http"}`]: '0+60x200' },
      labels: { namespace: 'shop', deployment: 'web', srv_name: 'web-http' },
    },
  };

/** All of it as it should be. */
const WELL: Readonly<Record<string, string>> = {
  issuer_cert_ttl_seconds: `${300 * DAY}x200`,
  'control_identity_cert_expiration_timestamp_seconds{namespace="shop",pod="web-1"}': `${DAY}x200`,
  // Lives for little more than two hours.
  'control_identity_cert_expiration_timestamp_seconds{namespace="shop",pod="cart-1"}': '8000x200',
  'up{namespace="shop",pod="web-1",control_plane_ns="linkerd"}': '1x200',
  'latchwork_check{id="k8s-version",state="failed"}': '0x200',
  'latchwork_check{id="l5d-data-plane-prom",state="warning"}': '0x200',
  'control_response_total{addr="linkerd-policy:8090",classification="success"}': '0+5x200',
  [`response_total{${WEB},${TO_CART},tls="true"}`]: '0+60x200',
  [`response_total{${WEB},${INTO},classification="success"}`]: '0+60x200',
};

let promtool: string | null;
let folder: string;
let alerts: Alert[];
beforeAll(async () => {
  promtool = await findPromtool({ required: Boolean(process.env['CI']) });
  folder = await mkdtemp(join(tmpdir(), 'latchwork-alerts-'));
  const { groups } = parse(await readFile(FILE, 'utf8')) as { groups: { rules: Alert[] }[] };
  alerts = groups.flatMap(({ rules }) => rules);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function test(series: Readonly<Record<string, string>>, expected: readonly object[]): Promise<string> {
  const file = join(folder, 'tests.yaml');
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const tests = {
    rule_files: [FILE],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: input, alert_rule_test: expected }],
  };
  await writeFile(file, JSON.stringify(tests));
  const { stdout } = await run(promtool as string, ['test', 'rules', file]).catch((error) => {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

describe('the alerts', () => {
  it('are the same in the chart', async () => {
    expect(await readFile(IN_CHART, 'utf8')).toBe(await readFile(FILE, 'utf8'));
  });

  it('have a test each', () => {
    expect(alerts.map(({ alert }) => alert).sort()).toEqual(Object.keys(CASES).sort());
  });

  it.for(Object.keys(CASES))('%s fires', async (name, { skip }) => {
    if (!promtool) return skip('promtool was not found');
    const { series = {}, labels = {} } = CASES[name] ?? {};
    const known = alerts.find(({ alert }) => alert === name);
    // Expecting none, promtool says what came instead.
    const said = await test(series, [{ eval_time: '40m', alertname: name, exp_alerts: [] }]).catch(
      (error: Error) => error.message,
    );
    const [, got = ''] = /got:\[([\s\S]*)\]/.exec(said) ?? [];
    for (const [label, value] of Object.entries({ alertname: name, ...known?.labels, ...labels }))
      expect(got, said).toContain(`${label}="${value}"`);
    expect(got).toMatch(/summary="[^"]{10,}"/);
  });

  it('are silent on a well mesh', async ({ skip }) => {
    if (!promtool) return skip('promtool was not found');
    const none = alerts.map(({ alert }) => ({ eval_time: '40m', alertname: alert, exp_alerts: [] }));
    expect(await test(WELL, none)).toContain('SUCCESS');
  });

  it('come with the chart when they are asked for', async ({ skip }) => {
    const helm = await findHelm({ required: false, say: () => undefined });
    if (!helm) return skip('Helm was not found');
    const rendered = await renderChart(helm, { alerts: { enabled: true, labels: { a: 'b' } } });
    const rule = rendered.find(
      ({ kind, metadata }) => kind === 'PrometheusRule' && metadata.name.endsWith('-alerts'),
    );
    expect(rule?.spec.groups).toHaveLength(3);
    expect(rule?.metadata).toMatchObject({ labels: { a: 'b' } });
    expect((await renderChart(helm, {})).filter(({ kind }) => kind === 'PrometheusRule')).toEqual([]);
  });
});
