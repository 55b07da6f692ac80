import { expect, it } from 'vitest';
import { vizCommand, vizOfKinds, vizOfNamespaces } from './viz-command.ts';

it('vizCommand(verb, scope) is a line for each namespace, or of all', () => {
  expect(vizCommand('stat deploy', { namespaces: [], window: '1m' })).toBe(
    'linkerd viz stat deploy -A -t 1m',
  );
  expect(vizCommand('edges deploy', { namespaces: ['shop', 'attic'], window: '5m' }, '-o wide')).toBe(
    'linkerd viz edges deploy -n shop -o wide\nlinkerd viz edges deploy -n attic -o wide',
  );
  expect(vizOfNamespaces('authz', { namespaces: ['shop'], window: '1m' })).toBe(
    'linkerd viz authz ns/shop -t 1m',
  );
});

it('vizOfKinds(verb, kinds, scope) is a line for each kind that there is and that it knows', () => {
  const scope = { namespaces: ['shop'], window: '1m' };
  expect(vizOfKinds('stat', ['statefulset', 'deployment', 'rollout', 'deployment'], scope)).toBe(
    'linkerd viz stat deploy -n shop -t 1m\nlinkerd viz stat sts -n shop -t 1m',
  );
  expect(vizOfKinds('edges', [], scope)).toBe('linkerd viz edges deploy -n shop');
});
