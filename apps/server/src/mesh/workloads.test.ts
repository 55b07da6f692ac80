import { describe, expect, it } from 'vitest';
import { sample } from '../../test/inputs/fake-store.ts';
import {
  calls,
  from,
  meshOf,
  PLAIN_IN,
  PLAIN_OUT,
  received,
  secured,
  to,
  WHOLE,
} from '../../test/inputs/mesh-of.ts';
import { toWorkloadDetail, toWorkloads } from './workloads.ts';

const WEB = 'shop/web';
const NOBODY = { ...PLAIN_OUT, server_id: '' };
const db = { ...from(WEB), ...to('shop/db'), target_port: '5432' };

const mesh = meshOf({
  outbound: [
    calls('shop/front', WEB, 3),
    calls(WEB, 'shop/api', 1),
    calls(WEB, 'legacy/erp', 3, { ...NOBODY, dst_control_plane_ns: '' }),
  ],
  inbound: [received(WEB, 'shop/front', 3), received(WEB, '', 1)],
  connections: [sample({ ...db, ...secured('shop/db') }, 3), sample({ ...db, ...PLAIN_OUT }, 1)],
  open: [sample(db, 4)],
  admitted: [sample({ ...from('shop/db'), ...PLAIN_IN, target_port: '5432', admitted: 'opened' }, 0.1)],
});

const rowOf = (id: string) => toWorkloads(mesh, WHOLE).workloads.find((row) => row.id === id);

describe('toWorkloads(mesh, scope)', () => {
  it('folds edges into shares of requests and of connections, never mixed', () => {
    expect(rowOf('shop/deployment/web')).toMatchObject({
      golden: { rps: 4 },
      securedIn: { requests: 0.75, connections: null },
      securedOut: { requests: 0.25, connections: 0.75 },
    });
  });

  it('weighs connections without identity by how many lived in the window', () => {
    // 3 of 4 over the edge, none of the 0.1 a second * 60 s that came without identity
    expect(rowOf('shop/deployment/db')?.securedIn.connections).toBeCloseTo(3 / 10);
  });

  it('adds up the TCP edges into a workload, and says what callers sent to one without a proxy', () => {
    expect(rowOf('shop/deployment/db')?.tcp).toMatchObject({ openConnections: 4, opensPerSecond: 0.1 });
    expect(rowOf('legacy/deployment/erp')).toMatchObject({
      meshed: false,
      golden: null,
      denied: null,
      calledRps: 3,
    });
    expect(rowOf('shop/deployment/web')).toMatchObject({ tcp: null, calledRps: null });
  });

  it('says what callers sent to one whose own responses are not stored', () => {
    const scrape = received(WEB, '', 0.2, { target_port: '4191' });
    const { workloads } = toWorkloads(
      meshOf({ outbound: [calls('shop/front', WEB, 3)], inbound: [scrape] }),
      WHOLE,
    );
    const row = workloads.find(({ id }) => id === 'shop/deployment/web');
    expect(row).toMatchObject({ golden: null, denied: 0, calledRps: 3 });
    const quiet = toWorkloads(meshOf({ inbound: [scrape] }), WHOLE).workloads;
    expect(quiet.find(({ id }) => id === 'shop/deployment/web')).toMatchObject({ calledRps: null });
  });

  it('claims no share where nothing was measured, such as skipped ports (truth rule 14)', () => {
    expect(rowOf('shop/deployment/front')?.securedIn).toEqual({ requests: null, connections: null });
  });

  it('has the workloads of the scope alone', () => {
    const { workloads } = toWorkloads(mesh, { namespaces: ['legacy'], noise: 'hide' });
    expect(workloads.map(({ id }) => id)).toEqual(['legacy/deployment/erp']);
  });
});

describe('toWorkloadDetail(mesh, id, scope)', () => {
  it('is the row with its edges and the nodes at their ends', () => {
    const detail = toWorkloadDetail(mesh, 'shop/deployment/web', WHOLE);
    expect(detail).toMatchObject(rowOf('shop/deployment/web') as object);
    expect(detail?.callers.map(({ source }) => source)).toEqual([
      'shop/deployment/front',
      'unmeshed:shop/deployment/web',
    ]);
    expect(detail?.callees.map(({ target }) => target)).toEqual([
      'legacy/deployment/erp',
      'shop/deployment/api',
      'shop/deployment/db',
    ]);
    expect(detail?.nodes.length).toBe(6);
  });

  it('is null for a workload that nobody knows', () => {
    expect(toWorkloadDetail(mesh, 'shop/deployment/nothing', WHOLE)).toBeNull();
    expect(toWorkloadDetail(mesh, 'unmeshed:shop/deployment/web', WHOLE)).toBeNull();
  });
});
