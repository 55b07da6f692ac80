import { describe, expect, it } from 'vitest';
import { sample } from '../../test/inputs/fake-store.ts';
import { calls, from, meshOf, received, to, WHOLE } from '../../test/inputs/mesh-of.ts';
import type { MeshAnswers } from './answers.ts';
import { toGraph } from './graph.ts';
import { toWorkloadDetail, toWorkloads } from './workloads.ts';

const ANSWERS: MeshAnswers = {
  outbound: [calls('shop/front', 'shop/web', 3), calls('shop/web', 'office/api', 1)],
  inbound: [received('shop/web', 'shop/front', 3), received('shop/web', '', 1)],
  outboundLatency: [sample({ ...from('shop/front'), ...to('shop/web'), le: '10' }, 3)],
};

/** Counts how often someone begins to go through the rows. */
function counted(answers: MeshAnswers) {
  const reads: Record<string, number> = {};
  const counting = Object.entries(answers).map(([part, rows]) => [
    part,
    new Proxy(rows, {
      get(target, key) {
        if (key === Symbol.iterator) reads[part] = (reads[part] ?? 0) + 1;
        return Reflect.get(target, key);
      },
    }),
  ]);
  return { reads, answers: Object.fromEntries(counting) as MeshAnswers };
}

describe('a mesh', () => {
  it('is a pure function of the answers: it changes none, and says the same twice', () => {
    const frozen = JSON.parse(JSON.stringify(ANSWERS), (_, value) => Object.freeze(value));
    const topics = (answers: MeshAnswers) => {
      const mesh = meshOf(answers);
      return [
        toGraph(mesh, WHOLE),
        toWorkloads(mesh, WHOLE),
        toWorkloadDetail(mesh, 'shop/deployment/web', WHOLE),
      ];
    };
    expect(topics(frozen)).toEqual(topics(ANSWERS));
    expect(frozen).toEqual(ANSWERS);
  });

  it('is joined once, however many topics and scopes are made of it', () => {
    const { reads, answers } = counted(ANSWERS);
    const mesh = meshOf(answers);
    toGraph(mesh, WHOLE);
    const once = { ...reads };
    for (const namespace of ['shop', 'office', 'nowhere']) {
      toGraph(mesh, { namespaces: [namespace], noise: 'hide' });
      toWorkloads(mesh, { namespaces: [namespace], noise: 'hide' });
    }
    expect(reads).toEqual(once);
  });

  it('goes through its many buckets once, also to count what is hidden', () => {
    const { reads, answers } = counted(ANSWERS);
    toGraph(meshOf(answers), WHOLE);
    const shown = reads['outboundLatency'] as number;
    const clean = counted(ANSWERS);
    meshOf(clean.answers).picture(false);
    expect(shown).toBe(clean.reads['outboundLatency']);
  });
});
