// The recording rules that people install are the questions that the server asks, and Prometheus takes them.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toRuleGroups } from '../../apps/server/src/feeds/collector/questions/recording-rules.ts';
import { findHelm } from '../../scripts/binaries/helm-binary.ts';
import { findPromtool } from '../../scripts/binaries/promtool-binary.ts';
import { rulesFile } from '../prometheus/rules-file.ts';
import { CHART, only, renderChart } from './chart.ts';

const run = promisify(execFile);
const FILE = join(import.meta.dirname, '..', 'prometheus', 'latchwork-rules.yaml');
const IN_CHART = join(CHART, 'files', 'latchwork-rules.yaml');

/** Two workloads, 60 requests a minute from one to the other, all secured; then nothing for a minute. */
const SERIES = {
  outbound:
    'response_total{direction="outbound",namespace="shop",deployment="front",dst_namespace="shop",dst_deployment="web",dst_service="web",target_port="8080",tls="true",server_id="web.shop",classification="success",status_code="200",pod="front-1",dst_pod="web-1"}',
  inbound:
    'response_total{direction="inbound",namespace="shop",deployment="web",target_port="8080",tls="true",client_id="front.shop",classification="success",route_name="default",pod="web-1"}',
};
const EXPECTED = {
  outbound:
    'latchwork:outbound:rate1m{classification="success",deployment="front",dst_deployment="web",dst_namespace="shop",dst_service="web",namespace="shop",server_id="web.shop",status_code="200",target_port="8080",tls="true"}',
  inbound:
    'latchwork:inbound:rate1m{classification="success",client_id="front.shop",deployment="web",namespace="shop",route_name="default",target_port="8080",tls="true"}',
};

let promtool: string | null;
let folder: string;
beforeAll(async () => {
  promtool = await findPromtool({ required: Boolean(process.env['CI']) });
  folder = await mkdtemp(join(tmpdir(), 'latchwork-rules-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the recording rules', () => {
  it('are those of this server; node deploy/prometheus/write-rules.ts brings them up to date', async () => {
    const made = rulesFile(toRuleGroups());
    for (const file of [FILE, IN_CHART]) expect(await readFile(file, 'utf8'), file).toBe(made);
  });

  it('are taken by Prometheus', async ({ skip }) => {
    if (!promtool) return skip('promtool was not found');
    const { stdout } = await run(promtool, ['check', 'rules', FILE]);
    expect(stdout).toContain(`SUCCESS: ${toRuleGroups().flatMap(({ rules }) => rules).length} rules found`);
  });

  it('keep the labels that tell edges and locks apart, and are marked with their time when nothing moves', async ({
    skip,
  }) => {
    if (!promtool) return skip('promtool was not found');
    const tests = {
      rule_files: [FILE],
      evaluation_interval: '15s',
      tests: [
        {
          interval: '10s',
          input_series: Object.values(SERIES).map((series) => ({ series, values: '0+10x12' })),
          promql_expr_test: [
            ...Object.entries(EXPECTED).map(([part, labels]) => ({
              expr: `latchwork:${part}:rate1m{latchwork_rules=""}`,
              eval_time: '2m',
              exp_samples: [{ labels, value: 1 }],
            })),
            ...['outbound', 'refused', 'inbound_latency'].map((part) => ({
              expr: `latchwork:${part}:rate1m{latchwork_rules="2"}`,
              eval_time: '1m',
              exp_samples: [{ labels: `latchwork:${part}:rate1m{latchwork_rules="2"}`, value: 60 }],
            })),
          ],
        },
      ],
    };
    const file = join(folder, 'tests.yaml');
    await writeFile(file, JSON.stringify(tests));
    const { stdout } = await run(promtool, ['test', 'rules', file]).catch((error) => {
      throw new Error(`${error.stdout}\n${error.stderr}`);
    });
    expect(stdout).toContain('SUCCESS');
  });

  it('come with the chart when they are asked for', async ({ skip }) => {
    const helm = await findHelm({ required: false, say: () => undefined });
    if (!helm) return skip('Helm was not found');
    const rendered = await renderChart(helm, { recordingRules: { enabled: true, labels: { a: 'b' } } });
    const rule = only(rendered, 'PrometheusRule');
    expect(rule.spec.groups).toEqual(toRuleGroups());
    expect(rule.metadata).toMatchObject({ labels: { a: 'b' } });
  });
});
