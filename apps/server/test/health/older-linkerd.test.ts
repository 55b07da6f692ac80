// Meshes that are older than the one that the checks were written for, or set up otherwise: not worse for that.

import { describe, expect, it } from 'vitest';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import { isSince } from '../../src/mesh/health/version-words.ts';
import { known } from '../../src/sources/told.ts';
import { viewOf } from './health-view-of.ts';
import { recordedApi } from './recorded-health.ts';

const NEW_KINDS = /egressnetworks|httplocalratelimitpolicies|externalworkloads/;

/** A cluster of then: an older Kubernetes, without the kinds that came later. */
async function olderApi(path: string): Promise<unknown> {
  if (path === '/version') return { gitVersion: 'v1.25.3' };
  const document = (await recordedApi()(path)) as { resources?: { name: string }[] };
  if (path.startsWith('/apis/gateway.networking.k8s.io/')) return { resources: [] };
  return document.resources
    ? { ...document, resources: document.resources.filter(({ name }) => !NEW_KINDS.test(name)) }
    : document;
}

async function statesIn(version: string | null, more = {}) {
  const { config } = await viewOf();
  if (config.state !== 'known') throw new Error('it was not told');
  const view = { config: known({ ...config.value, version, ...more }) };
  const changes = version === null ? { inventory: known(await inventoryWithoutVersion()) } : {};
  const checks = toChecks(await viewOf({ json: olderApi, view: { ...view, ...changes } }));
  return (id: string) => checks.find((check) => check.id === id)?.state;
}

async function inventoryWithoutVersion() {
  const { inventory } = await viewOf();
  if (inventory.state !== 'known') throw new Error('it was not told');
  return { ...inventory.value, controlPlane: null };
}

describe('an older Linkerd', () => {
  it.each(['stable-2.11.5', 'stable-2.14.10', 'edge-23.9.1'])(
    '%s needs less of the cluster',
    async (version) => {
      const stateOf = await statesIn(version);
      expect(stateOf('k8s-version')).toBe('ok');
      expect(stateOf('gateway-api-crd')).toBeUndefined();
      expect(stateOf('l5d-existence-crd')).toBe('ok');
    },
  );

  it.each(['edge-26.8.3', 'stable-2.20.0'])('%s needs what it needs', async (version) => {
    const stateOf = await statesIn(version);
    expect(stateOf('k8s-version')).toBe('failed');
    expect(stateOf('gateway-api-crd')).toBe('failed');
    expect(stateOf('l5d-existence-crd')).toBe('failed');
  });

  it('of which the version is not known cannot be told too old', async () => {
    expect((await statesIn(null))('k8s-version')).toBe('unknown');
  });
});

describe('certificates with another life than a day', () => {
  const leftSeconds = 3_600;

  it.each([
    [4 * 3_600, 'ok'],
    [86_400, 'warning'],
  ])('of %i s are renewed in their own time: %s', async (issuanceSeconds, state) => {
    const { config } = await viewOf();
    if (config.state !== 'known') throw new Error('it was not told');
    const view = { config: known({ ...config.value, issuanceSeconds }) };
    const checks = toChecks(await viewOf({ facts: { leaf: leftSeconds }, view }));
    expect(checks.find(({ id }) => id === 'proxy-certificates')?.state).toBe(state);
  });

  it('is read as it was installed', async () => {
    const { config } = await viewOf();
    expect(config).toMatchObject({ value: { issuanceSeconds: 86_400 } });
  });
});

describe('isSince()', () => {
  const release = { stable: [2, 15], edge: [24, 2] } as const;

  it.each([
    ['stable-2.15.0', true],
    ['2.14.9', false],
    ['enterprise-2.16.1', true],
    ['edge-24.2.1', true],
    ['edge-23.11.4', false],
    ['dev-0a1b2c3', null],
    [null, null],
  ])('%s: %s', (version, since) => {
    expect(isSince(version, release)).toBe(since);
  });
});
