// What a check tells to run: it changes no version, undoes nobody's values, and is about what the check is about.

import { describe, expect, it } from 'vitest';
import { toChecks } from '../../src/mesh/health/checks.ts';
import type { HealthView } from '../../src/mesh/health/health-view.ts';
import { known } from '../../src/sources/told.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { viewOf } from './health-view-of.ts';

type Change = NonNullable<Parameters<typeof viewOf>[0]>;

async function findingOf(id: string, change: Change) {
  return toChecks(await viewOf(change)).find((check) => check.id === id)?.finding;
}

const EXPIRED: Partial<HealthView> = {
  nowMs: Date.parse('2027-12-01'),
  facts: known({ one: () => null, of: () => [] }),
};

/** The control plane as another tool installed it. */
function createdBy(words: string) {
  return recordedState((kind, items) => {
    if (kind === 'pods')
      for (const { metadata } of items as {
        metadata: { namespace: string; annotations: Record<string, string> };
      }[])
        if (metadata.namespace === 'linkerd') metadata.annotations['linkerd.io/created-by'] = words;
    return items;
  });
}

describe('certificates of webhooks', () => {
  it('are renewed in the version that runs, and one Deployment is restarted once that is done', async () => {
    const finding = await findingOf('l5d-sp-validator-webhook-cert-valid', { view: EXPIRED });
    expect(finding?.command).toBe(
      'test "$(linkerd version --client --short)" = edge-26.8.3' +
        ' && linkerd upgrade --linkerd-namespace linkerd | kubectl apply -f -' +
        ' && kubectl -n linkerd rollout restart deploy/linkerd-destination',
    );
  });

  it('of tap are those of viz, and touch no control plane', async () => {
    const finding = await findingOf('l5d-tap-cert-valid', { view: EXPIRED });
    expect(finding?.command).toMatch(/^kubectl get apiservice v1alpha1\.tap\.linkerd\.io /);
    expect(finding?.remedy).toContain('with the values that it had');
  });
});

describe('a control plane that is put back', () => {
  const missing = { view: { facts: known({ one: () => -60, of: () => [] }) } };
  const ISSUER = 'l5d-identity-issuer-cert-is-time-valid';

  it('keeps out of the way of Helm', async () => {
    const state = createdBy('linkerd/helm stable-2.14.10');
    const finding = await findingOf(ISSUER, { state, ...missing });
    expect(finding?.command).toBe('helm list -A --filter linkerd');
    expect(finding?.remedy).toContain('It was installed with Helm');
  });

  it.each(['', 'acme/operator 1'])(
    'is looked at where nothing says how it was installed (%j)',
    async (words) => {
      const finding = await findingOf(ISSUER, { state: createdBy(words), ...missing });
      expect(finding?.command).toMatch(/^kubectl -n linkerd get pods -o jsonpath=/);
    },
  );

  it('runs nothing that a version could smuggle in', async () => {
    const { config } = await viewOf();
    if (config.state !== 'known') throw new Error('it was not told');
    const evil = known({ ...config.value, version: 'edge-1; rm -rf ~' });
    const finding = await findingOf(ISSUER, { view: { ...missing.view, config: evil } });
    expect(finding?.command).not.toContain('rm');
  });

  it('leaves an issuer to whoever fills its Secret', async () => {
    const { config } = await viewOf();
    if (config.state !== 'known') throw new Error('it was not told');
    const others = known({ ...config.value, issuerScheme: 'kubernetes.io/tls' });
    const finding = await findingOf(ISSUER, { view: { ...missing.view, config: others } });
    expect(finding?.command).toBe('kubectl -n linkerd describe secret linkerd-identity-issuer');
  });

  it('is looked for where it lives', async () => {
    const view = { home: 'mesh-system', facts: known({ one: () => -10, of: () => [] }) };
    const finding = await findingOf('proxy-certificates', { view });
    expect(finding?.command).toMatch(/^kubectl -n mesh-system logs /);
  });
});
