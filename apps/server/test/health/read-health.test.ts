// How the objects of a look at health are read: whole, however many pages they take, and told where they are too many.

import { describe, expect, it } from 'vitest';
import { kubernetesError } from '../../src/sources/kubernetes/api/kubernetes-error.ts';
import { type Json, readRecorded, recordedApi } from './recorded-health.ts';

function paged(resource: string, page: (rest: string | null) => unknown): Json {
  const api = recordedApi();
  return async (path) =>
    path.includes(`/${resource}?`)
      ? page(new URLSearchParams(path.split('?')[1]).get('continue'))
      : api(path);
}

const named = (name: string) => ({ metadata: { name } });

describe('readHealth()', () => {
  it('reads every page of a list', async () => {
    const { clusterRoles } = await readRecorded(
      paged('clusterroles', (rest) =>
        rest === null
          ? { metadata: { continue: 'more' }, items: [named('admin')] }
          : { items: [named('linkerd-linkerd-identity')] },
      ),
    );
    expect(clusterRoles).toEqual({ state: 'known', value: new Set(['admin', 'linkerd-linkerd-identity']) });
  });

  it('begins anew where the pages were forgotten', async () => {
    let asked = 0;
    const { nodes } = await readRecorded(
      paged('nodes', (rest) => {
        asked++;
        if (rest !== null) throw kubernetesError('bad-answer', 'expired', { status: 410, remedy: 'again' });
        return asked === 1
          ? { metadata: { continue: 'more' }, items: [named('a')] }
          : { items: [named('a'), named('b')] };
      }),
    );
    expect(nodes.state === 'known' && nodes.value.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('cannot tell what are too many', async () => {
    const { nodes } = await readRecorded(
      paged('nodes', () => ({ metadata: { continue: 'more' }, items: Array(500).fill(named('a')) })),
    );
    expect(nodes).toMatchObject({
      state: 'untold',
      why: 'there are more than 20000 nodes, which are not all read',
    });
  });
});
