// Rights asked up front: exactly what the API server checks for a tap, and what to apply when one is missing.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import { forwardRules, readAccess, tapRules } from '../../src/sources/kubernetes/rights/access.ts';
import { isPersonAllowed, readReviewAccess } from '../../src/sources/kubernetes/rights/person-access.ts';
import { createTestApiServer, type TestApiServer } from './api-server.ts';
import { clientOf } from './test-cluster.ts';

let api: TestApiServer;
let client: KubernetesClient;

beforeEach(async () => {
  api = await createTestApiServer();
  client = clientOf(api);
});
afterEach(async () => {
  await client.close();
  await api.close();
});

describe('readAccess', () => {
  it('asks for the tap of a workload by the one name that both gates use', async () => {
    const rules = tapRules({ namespace: 'shop', resource: 'deployments', name: 'web' });
    expect(await readAccess(client, rules)).toEqual({
      allowed: true,
      missing: [],
      message: null,
      manifest: null,
    });
    expect(api.reviews).toEqual([
      {
        verb: 'watch',
        group: 'tap.linkerd.io',
        resource: 'deployments',
        subresource: 'tap',
        namespace: 'shop',
        name: 'web',
      },
    ]);
  });

  it('asks for the tap of a namespace by both of its names', async () => {
    await readAccess(client, tapRules({ namespace: 'shop', resource: null, name: null }));
    expect(api.reviews).toEqual([
      { verb: 'watch', group: 'tap.linkerd.io', resource: 'tap', namespace: 'shop' },
      {
        verb: 'watch',
        group: 'tap.linkerd.io',
        resource: 'namespaces',
        subresource: 'tap',
        namespace: 'shop',
      },
    ]);
  });

  it('says in words which right is missing, and grants it in a manifest', async () => {
    api.allowWhen(({ subresource }) => subresource !== 'tap');
    const access = await readAccess(
      client,
      tapRules({ namespace: 'shop', resource: 'deployments', name: 'web' }),
    );
    expect(access.message).toBe(
      'user-good may not watch deployments/tap.tap.linkerd.io "web" in namespace shop',
    );
    const [role, binding] = parseAllDocuments(access.manifest ?? '').map((document) => document.toJS());
    expect(role).toMatchObject({
      kind: 'Role',
      metadata: { name: 'latchwork-tap', namespace: 'shop' },
      rules: [{ apiGroups: ['tap.linkerd.io'], resources: ['deployments/tap'], verbs: ['watch'] }],
    });
    expect(binding).toMatchObject({
      kind: 'RoleBinding',
      roleRef: { kind: 'Role', name: 'latchwork-tap' },
      subjects: [{ kind: 'User', name: 'user-good' }],
    });
  });

  it('binds a service account by its namespace and name, and gathers rules of one shape', async () => {
    api.tokens.add('pod');
    api.troubles.push(({ path }, response) => {
      if (!path.endsWith('/selfsubjectreviews')) return false;
      response
        .writeHead(201)
        .end(JSON.stringify({ status: { userInfo: { username: 'system:serviceaccount:ops:latchwork' } } }));
      return true;
    });
    api.allowWhen(({ resource }) => resource !== 'pods' && resource !== 'services');
    const watchRules = ['namespaces', 'pods', 'services'].flatMap((resource) =>
      ['list', 'watch'].map((verb) => ({ verb, group: '', resource, namespace: null, name: null })),
    );
    const access = await readAccess(client, watchRules);
    expect(access.missing).toHaveLength(4);
    const [role, binding] = parseAllDocuments(access.manifest ?? '').map((document) => document.toJS());
    expect(role).toMatchObject({
      kind: 'ClusterRole',
      rules: [{ apiGroups: [''], resources: ['pods', 'services'], verbs: ['list', 'watch'] }],
    });
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', namespace: 'ops', name: 'latchwork' }]);
  });

  it('leaves a name to be filled in where the API server does not say who we are', async () => {
    api.troubles.push(({ path }, response) => {
      if (!path.endsWith('/selfsubjectreviews')) return false;
      response.writeHead(404).end('{}');
      return true;
    });
    api.allowWhen(() => false);
    const access = await readAccess(client, forwardRules('linkerd-viz'));
    expect(access.message).toContain(
      'the identity in use may not get pods/portforward in namespace linkerd-viz',
    );
    expect(access.manifest).toContain('YOUR-USER');
  });
});

describe('isPersonAllowed', () => {
  const person = { user: 'jane@example.com', groups: ['sre'] };
  const rule = { verb: 'list', group: '', resource: 'pods', namespace: 'shop', name: null };

  it('asks for somebody by name and groups, as one who is logged in', async () => {
    expect(await isPersonAllowed(client, person, rule)).toBe(true);
    expect(api.reviews).toEqual([
      {
        ...{ verb: 'list', group: '', resource: 'pods', namespace: 'shop' },
        ...{ user: 'jane@example.com', groups: ['sre', 'system:authenticated'] },
      },
    ]);
  });

  it('is no for whoever the API server does not say yes to', async () => {
    api.allowWhen(({ user }) => user === 'joe');
    expect(await isPersonAllowed(client, person, rule)).toBe(false);
  });
});

it('readReviewAccess says which right this server lacks to ask for others', async () => {
  api.allowWhen(({ resource }) => resource !== 'subjectaccessreviews');
  const { allowed, message, manifest } = await readReviewAccess(client);
  expect(allowed).toBe(false);
  expect(message).toMatch(/may not create subjectaccessreviews\.authorization\.k8s\.io in the whole cluster/);
  expect(manifest).toContain('- subjectaccessreviews');
});
