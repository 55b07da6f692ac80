import { workloadsCsv } from '@latchwork/figures/csv/workloads-csv';
import { expect, it } from 'vitest';

it('workloadsCsv(workloads) leaves empty what has no data, and writes 0 as 0', () => {
  const text = workloadsCsv([
    {
      id: 'shop/deployment/web',
      ...{ namespace: 'shop', kind: 'deployment', name: 'web', meshed: true },
      golden: { rps: 2, successRate: 1, requests: 120, failures: 0, p50Ms: null, p95Ms: 2, p99Ms: 3 },
      ...{ denied: 0, calledRps: null, tcp: null },
      securedIn: { requests: 1, connections: null },
      securedOut: { requests: null, connections: null },
    },
    {
      id: 'shop/deployment/api',
      ...{ namespace: 'shop', kind: 'deployment', name: 'api', meshed: true },
      golden: { rps: 2, successRate: null, requests: 120, failures: 0, p50Ms: null, p95Ms: 2, p99Ms: 3 },
      ...{ denied: 0, calledRps: null, tcp: null },
      securedIn: { requests: 1, connections: null },
      securedOut: { requests: null, connections: null },
    },
  ]);
  const [head = '', line = '', unjudged = ''] = text.trim().split(/\r?\n/);
  expect(head).toMatch(/^namespace,kind,name,meshed,requests_per_second,/);
  expect(line).toBe('shop,deployment,web,yes,2,120,0,1,,2,3,0,,1,');
  expect(unjudged).toBe('shop,deployment,api,yes,2,120,,,,2,3,0,,1,');
});
