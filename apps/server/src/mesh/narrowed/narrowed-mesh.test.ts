import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { from, meshOf, to } from '../../../test/inputs/mesh-of.ts';
import { toPlaceFindings, toProblems } from '../findings/problems.ts';
import type { MeshScope } from '../scope.ts';
import { narrowedMesh } from './narrowed-mesh.ts';

const TARGETS = { successTarget: 0.99, latencyTargetMs: 500 };
const OWN: MeshScope = { namespaces: ['shop'], noise: 'hide' };

/** shop/web calls bank/ledger and shop/cart, and both fail; bank/till calls shop/web in the clear. */
const failing = (source: string, target: string) => [
  sample({ ...from(source), ...to(target), tls: 'true', classification: 'failure' }, 5),
  sample({ ...from(source), ...to(target), tls: 'true', classification: 'success' }, 5),
];
const mesh = meshOf({
  outbound: [
    ...failing('shop/web', 'bank/ledger'),
    ...failing('shop/web', 'shop/cart'),
    ...failing('bank/till', 'bank/ledger'),
    sample(
      {
        ...from('bank/till'),
        ...to('shop/web'),
        tls: 'no_identity',
        no_tls_reason: 'not_provided_by_service_discovery',
        classification: 'success',
      },
      3,
    ),
  ],
  inbound: undefined,
});

describe('narrowedMesh(mesh, scope, namespaces)', () => {
  const own = narrowedMesh(mesh, OWN, ['shop']);

  it('has the problems at both ends of one’s own edges, and no name of anybody else', () => {
    const { problems } = toProblems(own, OWN, TARGETS);
    const said = JSON.stringify(problems);
    expect(said).not.toMatch(/bank|ledger|till/);
    expect(problems.map(({ where, what }) => [where, what])).toEqual(
      expect.arrayContaining([
        ['shop/deployment/web~outside:callees', 'another namespace fails 50.0 % for web'],
        ['shop/deployment/web~shop/deployment/cart', 'cart fails 50.0 % for web'],
        ['outside:callers~shop/deployment/web', expect.any(String)],
      ]),
    );
  });

  it('knows nothing of a place that is not there', () => {
    const where = 'bank/deployment/till~bank/deployment/ledger';
    const all = { namespaces: [], noise: 'hide' } as const;
    expect(toPlaceFindings(mesh, where, all, TARGETS).findings).not.toEqual([]);
    expect(toPlaceFindings(own, where, OWN, TARGETS).findings).toEqual([]);
  });
});
