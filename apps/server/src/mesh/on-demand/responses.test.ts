import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { BAD, calls, GOOD, meshOf, received, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { MOST_BY_STATUS } from '../../sources/prometheus/questions/statuses.ts';
import { toResponses } from './responses.ts';

const API = 'shop/deployment/api';

describe('how responses of an edge ended', () => {
  it('is told by what its caller counts, without a further question', () => {
    const mesh = meshOf({
      outbound: [
        calls('shop/web', 'shop/api', 9),
        calls('shop/web', 'shop/api', 1, BAD),
        calls('shop/web', 'shop/api', 2, { grpc_status: '14', classification: 'failure' }),
        calls('shop/web', 'shop/api', 0.5, { status_code: '', classification: 'failure' }),
        calls('shop/web', 'shop/db', 4),
      ],
    });
    expect(toResponses(mesh, `shop/deployment/web~${API}`, WHOLE)).toMatchObject({
      counts: [
        { status: '200', grpc: null, requests: 540, failures: 0 },
        { status: '200', grpc: '14', requests: 120, failures: 120 },
        { status: '500', grpc: null, requests: 60, failures: 60 },
        { status: null, grpc: null, requests: 30, failures: 30 },
      ],
      untold: null,
    });
  });

  it('is not told of callers without a proxy', () => {
    const mesh = meshOf({ inbound: [received('shop/api', '', 3)] });
    const { counts, untold } = toResponses(mesh, `unmeshed:${API}~${API}`, WHOLE);
    expect([counts, untold]).toEqual([[], expect.stringMatching(/for all callers together/)]);
  });
});

describe('how responses of a workload ended', () => {
  const own = { namespace: 'shop', deployment: 'api', pod: 'api-1' };
  const rows = [
    sample({ ...own, ...GOOD }, 9),
    sample({ ...own, ...BAD }, 1),
    sample({ ...own, ...GOOD, route_name: 'probe' }, 5),
    sample({ ...own, ...GOOD, deployment: 'web' }, 7),
  ];

  it('is what it counts itself, without probes and without those of others', () => {
    const mesh = meshOf({ responseStatuses: rows }, { covered: { responseStatuses: [API] } });
    expect(toResponses(mesh, API, WHOLE).counts).toMatchObject([
      { status: '200', requests: 540 },
      { status: '500', requests: 60, failures: 60 },
    ]);
    const [first] = toResponses(mesh, API, { ...WHOLE, noise: 'show' }).counts;
    expect(first?.requests).toBe(840);
  });

  it('says that it waits for others where as many are looked at as are asked about', () => {
    const others = Array.from({ length: MOST_BY_STATUS }, (_, i) => `shop/deployment/web-${i}`);
    const mesh = meshOf({ responseStatuses: [] }, { covered: { responseStatuses: others } });
    expect(toResponses(mesh, API, WHOLE).untold).toMatch(/as many other workloads/);
  });

  it('has no part before the store was asked', () => {
    const parts = { responseStatuses: { state: 'fresh' as const, since: '', message: null } };
    const mesh = meshOf({ responseStatuses: rows }, { covered: { responseStatuses: [] }, parts });
    expect(toResponses(mesh, API, WHOLE)).toMatchObject({ counts: [], parts: {} });
  });
});
