import { describe, expect, it } from 'vitest';
import { answersOf, createFakeSource, WORKLOAD } from '../../test/inputs/fake-mesh.ts';
import { watchAboutRps } from './tap/watch-about-rps.ts';

describe('createAnswers()', () => {
  it('has one key for one question in several spellings', () => {
    const answers = answersOf(createFakeSource({ rps: 1 }));
    const { key } = answers.graph({ namespace: ['a', 'b'], window: '60s' });
    expect(answers.graph({ namespace: ['b', 'a', 'b'], window: '1m', noise: 'hide' }).key).toBe(key);
    expect(answers.graph({ namespace: ['a', 'b'], at: '1795448830' }).key).toBe(
      answers.graph({ namespace: ['a', 'b'], at: '2026-11-23T15:47:10Z' }).key,
    );
    for (const other of [
      { namespace: ['a'] },
      { namespace: ['a', 'b'], noise: 'show' as const },
      { window: '2m' },
    ])
      expect(answers.graph(other).key).not.toBe(key);
  });

  it('turns a view that fails into trouble, and the next value into data', () => {
    const source = createFakeSource({ rps: 1 });
    const got: unknown[] = [];
    answersOf(source)
      .workload({ namespace: 'shop', kind: 'deployment', name: 'nothing' })
      .start({ data: () => got.push('data'), trouble: (error) => got.push((error as Error).name) });
    answersOf(source)
      .workload({ namespace: 'shop', kind: 'deployment', name: WORKLOAD.name })
      .start({ data: () => got.push('data'), trouble: () => got.push('trouble') });
    expect(got).toEqual(['UnknownWorkload', 'data']);
  });
});

describe('watchAboutRps()', () => {
  function watch(kind: 'deployment' | 'statefulset' | null) {
    const source = createFakeSource({ rps: 3 });
    const got: (number | null)[] = [];
    watchAboutRps(
      answersOf(source),
      { namespace: 'shop', workload: kind ? { kind, name: 'web' } : null },
      (rps) => got.push(rps),
    );
    return { source, got };
  }

  it('is what the target serves and calls, and null when metrics do not know it', () => {
    expect(watch(null).got).toEqual([3]);
    expect(watch('deployment').got).toEqual([3]);
    expect(watch('statefulset').got).toEqual([null]);
  });

  it('is null while Prometheus is in trouble', () => {
    const { source, got } = watch(null);
    source.say(new Error('gone'));
    expect(got).toEqual([3, null]);
  });
});
