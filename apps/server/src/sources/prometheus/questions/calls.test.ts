import { expect, it } from 'vitest';
import type { AskScope } from './ask-scope.ts';
import {
  callBackendsQuery,
  callLatencyQuery,
  callRequestsQuery,
  callRetriesQuery,
  MOST_CALLERS,
} from './calls.ts';
import { ofOwners } from './owners/owner-matchers.ts';

const scopeOf = (reach: readonly string[]) =>
  ({ matchers: ['cluster="east"'], windowSeconds: 60, reach }) as unknown as AskScope;

it('asks of the workloads that are looked at alone, by caller', () => {
  const query = callRetriesQuery(scopeOf(['a/deployment/web', 'a/deployment/shop', 'b/statefulset/db']));
  expect(query).toContain(
    'rate(outbound_http_route_retry_requests_total{namespace="a",deployment=~"(web|shop)",cluster="east"}[60s])',
  );
  expect(query).toContain('{namespace="b",statefulset="db",cluster="east"}');
  expect(query).toMatch(/sum by \([^)]*route_name, namespace, deployment,/);
});

it('fits into a question that every store takes', () => {
  const name = (i: number) => `a-rather-long-name-for-a-namespace-${i}`;
  const many = Array.from({ length: MOST_CALLERS }, (_, i) => `${name(i)}/deployment/${name(i)}`);
  for (const query of [callRequestsQuery, callBackendsQuery, callRetriesQuery, callLatencyQuery])
    expect(query(scopeOf(many)).length).toBeLessThan(15_000);
});

it('finds what no label names by its Jobs or its pods', () => {
  expect(ofOwners(['a/cronjob/nightly', 'a/rollout/w.eb', 'a/pod/p', 'a/service/x'])).toEqual([
    ['namespace="a"', 'k8s_job=~"nightly-[0-9]+"'],
    ['namespace="a"', 'pod=~"w\\\\.eb-.+"'],
    ['namespace="a"', 'pod="p"'],
  ]);
});
