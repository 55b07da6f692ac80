import { expect, it } from 'vitest';
import { vizCommand, vizOfNamespaces } from './viz-command.ts';

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
