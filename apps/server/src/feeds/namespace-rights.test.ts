import { expect, it, vi } from 'vitest';
import { createNamespaceRights } from './namespace-rights.ts';

const JANE = { user: 'jane', groups: ['sre'] };
const MINUTE_MS = 60_000;

/** Jane may list pods in `granted`, as far as Kubernetes answers. */
function rights(granted: Set<string>) {
  let nowMs = 0;
  let isAnswering = true;
  const mayList = vi.fn(async (_person: unknown, namespace: string | null) => {
    if (!isAnswering) throw new Error('no answer');
    return namespace !== null && granted.has(namespace);
  });
  const { of } = createNamespaceRights({ names: async () => ['bank', 'shop'], mayList, nowMs: () => nowMs });
  return {
    of: () => of(JANE),
    mayList,
    pass: (ms: number) => {
      nowMs += ms;
    },
    stopAnswering: () => {
      isAnswering = false;
    },
  };
}

it('remembers for a minute in which namespaces somebody may list pods', async () => {
  const granted = new Set(['shop']);
  const { of, mayList, pass } = rights(granted);
  expect(await of()).toEqual(['shop']);
  const asked = mayList.mock.calls.length;
  granted.delete('shop');
  pass(MINUTE_MS - 1);
  expect(await of()).toEqual(['shop']);
  expect(mayList).toHaveBeenCalledTimes(asked);
  pass(1);
  expect(await of()).toEqual([]);
});

it('believes for five minutes what Kubernetes said last, and then nothing', async () => {
  const { of, pass, stopAnswering } = rights(new Set(['shop']));
  await of();
  stopAnswering();
  pass(5 * MINUTE_MS - 1);
  expect(await of()).toEqual(['shop']);
  pass(1);
  await expect(of()).rejects.toThrow('no answer');
});

it('knows nothing of somebody of whom Kubernetes never answered', async () => {
  const { of, stopAnswering } = rights(new Set(['shop']));
  stopAnswering();
  await expect(of()).rejects.toThrow('no answer');
});
