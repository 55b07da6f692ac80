import { expect, it } from 'vitest';
import type { KubernetesClient } from '../api/client.ts';
import { readAskedObject } from './asked-object.ts';

it('follows what it names to kinds that can be asked for alone', async () => {
  const refs = ['MeshTLSAuthentication', 'constructor', '__proto__', 'ServiceAccount', ''];
  const object = {
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata: { namespace: 'shop', name: 'only-web' },
    spec: { requiredAuthenticationRefs: refs.map((kind) => ({ kind, name: 'web' })) },
  };
  const client = { json: async () => object } as unknown as KubernetesClient;
  const told = await readAskedObject(client, {
    kind: 'authorizationpolicy',
    namespace: 'shop',
    name: 'only-web',
  });
  expect(told).toMatchObject({
    state: 'known',
    value: { names: [{ kind: 'meshtlsauthentication', namespace: 'shop', name: 'web' }] },
  });
});
