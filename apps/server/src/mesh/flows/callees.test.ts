import { expect, it, vi } from 'vitest';
import { accountId } from '../../../test/inputs/mesh-of.ts';
import { createCalleeOf } from './callees.ts';
import { Flows } from './flows.ts';

it('createCalleeOf(flows, answers) looks once for who an identity stands for, also where that is nobody', () => {
  const workloadsOf = vi.fn(() => ['shop/deployment/web', 'shop/deployment/api']);
  const calleeOf = createCalleeOf(new Flows({ workloadsOf } as never), {});
  const labels = { server_id: accountId('shared', 'shop') };
  expect([calleeOf(labels), calleeOf(labels)]).toEqual([null, null]);
  expect(workloadsOf).toHaveBeenCalledOnce();
});
