import { describe, expect, it } from 'vitest';
import { ownerOfPod, restartAllCommand } from './kubectl.ts';

const replicaSet = { kind: 'ReplicaSet', name: 'web-5c9f', uid: '' };

function pod(labels: Record<string, string>, owner: typeof replicaSet | null) {
  return { namespace: 'shop', name: 'web-5c9f-x', labels, owner };
}

describe('ownerOfPod', () => {
  it('finds the Deployment behind a ReplicaSet by the hash of its template', () => {
    expect(ownerOfPod(pod({ 'pod-template-hash': '5c9f' }, replicaSet))).toEqual({
      ...{ namespace: 'shop', kind: 'deployment', name: 'web' },
    });
  });

  it('leaves a ReplicaSet, a StatefulSet and a bare pod what they are', () => {
    expect(ownerOfPod(pod({}, replicaSet)).kind).toBe('replicaset');
    expect(ownerOfPod(pod({}, { kind: 'StatefulSet', name: 'db', uid: '' }))).toMatchObject({
      ...{ kind: 'statefulset', name: 'db' },
    });
    expect(ownerOfPod(pod({}, null))).toMatchObject({ kind: 'pod', name: 'web-5c9f-x' });
  });
});

describe('restartAllCommand', () => {
  it('has a line for each that can be restarted', () => {
    const db = { namespace: 'shop', kind: 'statefulset', name: 'db' };
    const web = { namespace: 'shop', kind: 'deployment', name: 'web' };
    expect(restartAllCommand([db, web, db])).toBe(
      'kubectl -n shop rollout restart sts/db\nkubectl -n shop rollout restart deploy/web',
    );
    expect(restartAllCommand([{ namespace: 'shop', kind: 'job', name: 'once' }])).toBeNull();
  });

  it('says how many it leaves out', () => {
    const many = Array.from({ length: 13 }, (_, i) => ({
      namespace: 'shop',
      kind: 'deployment',
      name: `web-${i}`,
    }));
    const lines = restartAllCommand(many)?.split('\n');
    expect(lines).toHaveLength(11);
    expect(lines?.at(-1)).toBe('# and 3 more');
  });
});
