import { describe, expect, it } from 'vitest';
import { toTapError } from './tap-error.ts';
import type { TapTarget } from './target.ts';

function remedyFor(workload: TapTarget['workload']): string | undefined {
  return toTapError('tap not enabled for pods web-1', { namespace: 'shop', workload }).remedy;
}

describe('the remedy for pods that are older than linkerd-viz', () => {
  it.each(['deployment', 'statefulset', 'daemonset'] as const)('restarts a %s', (kind) => {
    expect(remedyFor({ kind, name: 'web' })).toMatch(
      new RegExp(`: kubectl -n shop rollout restart ${kind}/web$`),
    );
  });

  it.each(['job', 'cronjob', 'pod', 'replicaset', 'replicationcontroller'] as const)(
    'asks for no restart of a %s, which kubectl refuses',
    (kind) => {
      expect(remedyFor({ kind, name: 'web' })).not.toContain('restart');
      expect(remedyFor({ kind, name: 'web' })).toContain(`kubectl -n shop get ${kind} web`);
    },
  );

  it('does not restart all of a namespace for some of its pods', () => {
    expect(remedyFor(null)).not.toContain('rollout');
    expect(remedyFor(null)).toContain('kubectl -n shop get pods ');
  });
});
