import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { meshOf } from '../../../test/inputs/mesh-of.ts';
import { MOST_CALLERS } from '../../sources/prometheus/questions/calls.ts';
import { toCalls } from './calls.ts';

const WEB = 'shop/deployment/web';

describe('the routes that calls of a workload take', () => {
  const route = {
    ...{ parent_kind: 'Service', parent_namespace: 'shop', parent_name: 'api', protocol: 'http' },
    ...{ route_kind: 'default', route_name: 'http', http_status: '200', namespace: 'shop' },
  };
  const rows = [sample({ ...route, deployment: 'web' }, 9), sample({ ...route, deployment: 'other' }, 5)];
  const parts = { callRequests: { state: 'fresh' as const, since: '', message: null } };

  it('are those that its own proxies count', () => {
    const mesh = meshOf({ callRequests: rows }, { covered: { callRequests: [WEB] }, parts });
    expect(toCalls(mesh, WEB)).toMatchObject({
      ...{ routes: [{ parent: 'shop/service/api', golden: { rps: 9 } }], parts, untold: null },
    });
  });

  it('have no part before the store was asked', () => {
    const mesh = meshOf({ callRequests: rows }, { covered: { callRequests: [] }, parts });
    expect(toCalls(mesh, WEB)).toMatchObject({ routes: [], parts: {}, untold: null });
  });

  it('wait, and say so, where as many workloads are looked at as are asked about', () => {
    const others = Array.from({ length: MOST_CALLERS }, (_, i) => `shop/deployment/web-${i}`);
    const mesh = meshOf({ callRequests: [] }, { covered: { callRequests: others } });
    expect(toCalls(mesh, WEB).untold).toMatch(/as many other workloads/);
  });
});
