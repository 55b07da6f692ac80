import { expect, it } from 'vitest';
import type { AskScope } from './ask-scope.ts';
import { MOST_BY_STATUS, statusesQuery } from './statuses.ts';

const textOf = (reach: readonly string[]) => {
  const scope = { matchers: ['cluster="east"'], windowSeconds: 60, sight: 'sum', reach };
  return statusesQuery(scope as unknown as AskScope);
};

it('asks how the responses of the workloads that are looked at ended, with what tells the noise', () => {
  const text = textOf(['shop/deployment/web', 'shop/deployment/api']);
  expect(text).toMatch(
    /extension, pod, classification, status_code, grpc_status, target_port, srv_port, srv_name, route_name, authz_name, tls\) \(rate\(response_total\{direction="inbound",namespace="shop",deployment=~"\(web\|api\)",cluster="east"\}\[60s\]\)\)$/,
  );
});

it('fits into a question that every store takes', () => {
  const name = (i: number) => `a-rather-long-name-for-a-namespace-${i}`;
  const many = Array.from({ length: MOST_BY_STATUS }, (_, i) => `${name(i)}/deployment/${name(i)}`);
  expect(textOf(many).length).toBeLessThan(15_000);
});
