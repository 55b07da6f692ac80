// The chart's settings of who may see what, rendered by real Helm and read by the server itself.

import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../apps/server/src/config.ts';
import { findHelm } from '../../scripts/binaries/helm-binary.ts';
import { all, only, renderChart, renderNotes, type Values } from './chart.ts';
import { rightsTable } from './chart-rights.ts';
import { schemaMistakes } from './kubernetes-schema.ts';

const found = await findHelm({ required: Boolean(process.env['CI']), say: console.warn });
const helm = found ?? '';

const OIDC: Values = {
  access: {
    oidc: {
      issuer: 'https://login.example.com/realms/a',
      clientId: 'latchwork',
      clientSecret: { name: 'oidc', key: 'secret' },
      allowedGroups: ['sre', 'platform'],
      allowedDomains: ['example.com'],
    },
    roleGroups: ['tapper=sre', 'signer=platform'],
    namespacesByRights: true,
  },
  tap: { headers: 'off' },
};
const TOKENS: Values = {
  access: {
    tokenSecret: { name: 'access', key: 'tokens' },
    trustedProxies: ['10.0.0.0/8', '192.0.2.7'],
    userHeader: 'X-Forwarded-User',
    groupsHeader: 'X-Forwarded-Groups',
  },
  embed: {
    ancestors: ['https://wiki.example.com'],
    keySecret: { name: 'access', key: 'keys' },
    ended: { configMap: 'ended', key: 'ended' },
    mostDays: 30,
  },
  tap: { showHeaders: ['x-idempotency-key'] },
  service: { port: 9000 },
  podMonitor: { enabled: true, tokenSecret: { name: 'scrape', key: 'token' } },
  networkPolicy: { namespaces: ['monitoring'] },
};

async function configOf(values: Values): Promise<{ config: Config; pod: { volumes: never[] } }> {
  const { spec } = only(await renderChart(helm, values), 'Deployment');
  const pod = spec.template.spec;
  const environment = Object.fromEntries(
    (pod.containers[0].env as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );
  const isInCluster = { KUBERNETES_SERVICE_HOST: '10.0.0.1', ...environment };
  const result = readConfig({ args: [], environment: isInCluster, checkFile: () => undefined });
  if (result.kind !== 'config') throw new Error(JSON.stringify(result));
  return { config: result.config, pod };
}

describe.skipIf(!found)('the chart, told who may see what', () => {
  it('renders what Kubernetes and the Prometheus operator accept', async () => {
    const rendered = [...(await renderChart(helm, OIDC)), ...(await renderChart(helm, TOKENS))];
    expect(await schemaMistakes(rendered)).toEqual([]);
  });

  it('logs people in, with a secret that is a file, and asks for them what they may', async () => {
    const { config, pod } = await configOf(OIDC);
    expect(config.access).toEqual({
      tokenFile: null,
      oidc: {
        issuer: 'https://login.example.com/realms/a',
        clientId: 'latchwork',
        clientSecretFile: '/etc/latchwork/access/client-secret',
        scopes: 'openid email profile',
        userClaim: 'email',
        groupsClaim: 'groups',
        allowedGroups: ['sre', 'platform'],
        allowedDomains: ['example.com'],
      },
      trustedProxies: [],
      userHeader: null,
      groupsHeader: null,
      roleGroups: [
        { role: 'tapper', group: 'sre' },
        { role: 'signer', group: 'platform' },
      ],
      byRights: true,
    });
    expect(config.tapHeaders.mode).toBe('off');
    expect(JSON.stringify(pod.volumes)).toContain(
      '{"secret":{"name":"oidc","items":[{"key":"secret","path":"client-secret"}]}}',
    );
    const [reading] = all(await renderChart(helm, OIDC), 'ClusterRole');
    expect(rightsTable(reading?.['rules'])).toContain('authorization.k8s.io | subjectaccessreviews | create');
    expect(rightsTable(only(await renderChart(helm), 'ClusterRole')['rules']).join()).not.toContain('review');
  });

  it('hands over tokens, keys and ended links as one folder that changes with them', async () => {
    const { config, pod } = await configOf(TOKENS);
    expect(config.access).toMatchObject({
      tokenFile: '/etc/latchwork/access/tokens',
      trustedProxies: ['10.0.0.0/8', '192.0.2.7'],
      userHeader: 'x-forwarded-user',
      groupsHeader: 'x-forwarded-groups',
    });
    expect(config.embed).toEqual({
      ancestors: ['https://wiki.example.com'],
      keyFile: '/etc/latchwork/access/keys',
      endedFile: '/etc/latchwork/access/ended',
      mostDays: 30,
    });
    expect(config.tapHeaders).toEqual({ mode: 'on', shown: ['x-idempotency-key'] });
    expect(config.allowedHosts).toContain('latchwork:9000');
    expect(JSON.stringify(pod)).not.toContain('subPath');
    expect(pod.volumes).toHaveLength(1);
  });

  it('scrapes with a token of its own', async () => {
    const monitor = only(await renderChart(helm, TOKENS), 'PodMonitor');
    expect(monitor['spec'].podMetricsEndpoints[0].authorization).toEqual({
      credentials: { name: 'scrape', key: 'token' },
    });
  });

  it('says so when nobody is asked, and does not when somebody is', async () => {
    expect(await renderNotes(helm)).toContain('Nobody is asked who they are');
    expect(await renderNotes(helm, OIDC)).not.toContain('Nobody is asked');
  });

  it.each<[string, Values, RegExp]>([
    ['an issuer without a client', { access: { oidc: { issuer: 'https://a.example' } } }, /clientId/],
    [
      'an issuer without a secret',
      { access: { oidc: { issuer: 'https://a.example', clientId: 'a' } } },
      /clientSecret\.name/,
    ],
    ['a header that anybody may send', { access: { userHeader: 'X-User' } }, /trustedProxies/],
    ['rights of people without names', { access: { namespacesByRights: true } }, /know people by name/],
    [
      'groups that are let in without a login',
      { access: { oidc: { allowedGroups: ['sre'] } } },
      /set access\.oidc\.issuer/,
    ],
    ['roles of groups that nobody names', { access: { roleGroups: ['tapper=sre'] } }, /groups of people/],
    ['ended links that nothing signs', { embed: { ended: { configMap: 'a' } } }, /embed\.keySecret\.name/],
    ['a role that is none', { access: { roleGroups: ['admin=sre'] } }, /roleGroups.*does not match/],
    [
      'a proxy that is no address',
      { access: { trustedProxies: ['ingress'] } },
      /trustedProxies.*does not match/,
    ],
  ])('refuses %s', async (_name, values, message) => {
    await expect(renderChart(helm, values)).rejects.toThrow(message);
  });
});
