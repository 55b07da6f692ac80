import { expect, it } from 'vitest';
import type { AskScope } from './ask-scope.ts';
import { statusesQuery } from './statuses.ts';

it('asks how the responses of the workloads that are looked at ended, with the noise apart', () => {
  const scope = { matchers: ['cluster="east"'], windowSeconds: 60, sight: 'sum', probeRoutes: [] };
  const text = statusesQuery({ ...scope, reach: ['shop/deployment/web'] } as unknown as AskScope);
  expect(text).toContain(
    'extension, pod, classification, status_code, grpc_status) (rate(response_total{direction="inbound",target_port!~"419[01]",srv_port!~"419[01]",namespace="shop",deployment="web",cluster="east",route_name!="probe"}[60s]))',
  );
  for (const selector of text.match(/response_total\{[^}]*\}/g) ?? [])
    expect(selector).toContain('namespace="shop",deployment="web",cluster="east"');
});
