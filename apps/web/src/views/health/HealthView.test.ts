import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { check, checks, doctor, ISSUER } from '../../test-data/health.ts';
import { stage } from '../../test-data/stage.ts';

const SEARCH = '?view=health';
const ALL = checks([
  check('prometheus-answers', 'metrics', 'Prometheus answers', 'ok', { evidence: 'prometheus:9090, 38 ms' }),
  check('k8s-version', 'kubernetes-version', 'is running the minimum Kubernetes API version', 'ok'),
  check('l5d-existence-cr', 'linkerd-config', 'control plane ClusterRoles exist', 'unknown', {
    finding: { ...ISSUER.finding!, missingRight: 'list clusterroles in the whole cluster' },
  }),
  ISSUER,
]);

const card = async (name: string) => within(await screen.findByRole('region', { name }));

describe('HealthView', () => {
  it('says how the mesh stands, and puts what is to be done under its check', async () => {
    stage(SEARCH, { checks: ALL, doctor: doctor(null) });
    expect((await screen.findAllByText('1 to look at')).length).toBeGreaterThan(0);
    const certificates = await card('Certificates');
    expect(certificates.getByText('expires on 14 December 2026, in 21 days')).toBeTruthy();
    expect(certificates.getByText('Rotate the issuer before then.')).toBeTruthy();
    expect(certificates.getByRole('button', { name: 'Copy command' })).toBeTruthy();
  });

  it('never shows what cannot be told as well, and names the right', async () => {
    stage(SEARCH, { checks: ALL, doctor: doctor(null) });
    const plane = await card('Control plane');
    expect(plane.getByText('cannot tell')).toBeTruthy();
    expect(plane.getByText('list clusterroles in the whole cluster')).toBeTruthy();
    expect(plane.getByText('1 check of Linkerd is well')).toBeTruthy();
  });

  it('marks what changed since the last look, and what comes and goes', async () => {
    const changed = { ...ISSUER, was: 'ok' as const, since: '2026-11-23T15:31:00.000Z' };
    const { push } = stage(SEARCH, { checks: checks([changed]), doctor: doctor(null) });
    expect(await screen.findByText(/^well until 15:31/)).toBeTruthy();
    push('checks', checks([{ ...changed, changes: 5 }]));
    expect(await screen.findByText('comes and goes: changed 5 times in the last hour')).toBeTruthy();
  });

  it('asks the doctor about the workload that is named, and keeps it in the address', async () => {
    const { subscribed } = stage(SEARCH, { checks: ALL, doctor: doctor('legacy/deployment/batch') });
    const field = await screen.findByLabelText('for');
    await fireEvent.change(field, { target: { value: 'legacy/deployment/batch' } });
    expect(window.location.search).toBe('?view=health&why=legacy/deployment/batch');
    expect(subscribed()).toContainEqual({
      topic: 'doctor',
      params: { workload: 'legacy/deployment/batch', window: '1m' },
    });
    expect(await screen.findByText('It has no proxy')).toBeTruthy();
    expect(screen.getByText(': not asked')).toBeTruthy();
  });

  it('says so when what is entered names no workload, and keeps the one that it was about', async () => {
    stage(`${SEARCH}&why=legacy/deployment/batch`, {
      checks: ALL,
      doctor: doctor('legacy/deployment/batch'),
    });
    const field = await screen.findByLabelText<HTMLInputElement>('for');
    await fireEvent.change(field, { target: { value: 'web' } });
    expect(screen.getByRole('alert').textContent).toContain(
      '“web” names no workload. Write its namespace, kind and name, such as shop/deployment/web.',
    );
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(window.location.search).toContain('why=legacy/deployment/batch');
    await fireEvent.change(field, { target: { value: 'shop/deployment/web' } });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells versions apart, and who is not meshed', async () => {
    stage(SEARCH, { checks: ALL, doctor: doctor(null) });
    const versions = await card('Versions');
    expect(versions.getByRole('row', { name: /Proxies edge-26\.5\.2.*2 older/ })).toBeTruthy();
    const pods = await card('Not meshed, and why');
    expect(pods.getByText(/Neither its namespace nor the pod asks/)).toBeTruthy();
    const link = pods.getByRole('link', { name: 'Why is there no data?', hidden: true });
    expect(link.getAttribute('href')).toContain('why=legacy/deployment/batch');
  });

  it('shows of a gateway what was measured, and no quantile in the place of another', async () => {
    const gateway = {
      ...{ name: 'east', namespace: 'linkerd-multicluster', cluster: 'east', address: '10.0.0.1:4143' },
      ...{ identity: null, alive: true, probesPerSecond: 1, services: 3, serviceMirror: null },
    };
    stage(SEARCH, {
      checks: {
        ...ALL,
        gateways: [
          { ...gateway, latencyP50Ms: 12, latencyP95Ms: null },
          { ...gateway, name: 'west', latencyP50Ms: 12, latencyP95Ms: 40 },
        ],
      },
      doctor: doctor(null),
    });
    const gateways = await card('Gateways');
    expect(gateways.getByText('10.0.0.1:4143, 1.00/s probes, p50 12.0 ms, 3 services mirrored')).toBeTruthy();
    expect(
      gateways.getByText('10.0.0.1:4143, 1.00/s probes, p50 12.0 ms, p95 40.0 ms, 3 services mirrored'),
    ).toBeTruthy();
  });
});
