// Kubeconfigs as kubectl reads them, the service account of a pod, and every malformed file with its remedy.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityPhrase } from '../../src/sources/kubernetes/kubeconfig/cluster-config.ts';
import { type ConfigInput, readClusterConfig } from '../../src/sources/kubernetes/kubeconfig/config.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { type Folder, makeFolder } from './test-cluster.ts';

let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

const input = (more: Partial<ConfigInput> = {}): ConfigInput => ({
  kubeconfig: null,
  context: null,
  environment: {},
  homeFolder: null,
  serviceAccountFolder: join(folder.path, 'none'),
  ...more,
});

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const LAPTOP = `
apiVersion: v1
kind: Config
current-context: east
clusters:
  - name: east
    cluster: {server: https://east.example:6443/, certificate-authority-data: ${base64(PEM)}, tls-server-name: api.east}
  - name: west
    cluster: {server: https://west.example/k8s/west, certificate-authority: pki/ca.crt, insecure-skip-tls-verify: true}
contexts:
  - {name: east, context: {cluster: east, user: ada}}
  - {name: west, context: {cluster: west, user: robot, namespace: shop}}
  - {name: plugin, context: {cluster: east, user: eks}}
users:
  - {name: ada, user: {client-certificate: ada.crt, client-key: ada.key, as: root, as-groups: [admins]}}
  - {name: robot, user: {token: abc, tokenFile: secrets/token}}
  - name: eks
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: ./bin/login
        args: [eks, get-token]
        env: [{name: AWS_PROFILE, value: shop}]
        provideClusterInfo: true
        interactiveMode: IfAvailable
        installHint: install the tool
`;

describe('readClusterConfig', () => {
  it('takes the current context, with paths relative to the file', async () => {
    const kubeconfig = await folder.write('config', LAPTOP);
    const config = await readClusterConfig(input({ kubeconfig }));
    expect(config).toMatchObject({
      context: 'east',
      server: 'https://east.example:6443',
      ca: { text: PEM },
      tlsServerName: 'api.east',
      skipTlsVerify: false,
      user: {
        name: 'ada',
        certificate: { file: join(folder.path, 'ada.crt') },
        key: { file: join(folder.path, 'ada.key') },
        impersonate: { user: 'root', groups: ['admins'] },
      },
    });
    expect(identityPhrase(config)).toBe('user ada of context east (a client certificate) as root');
  });

  it('takes the context that is asked for, and prefers a token file to a token', async () => {
    const kubeconfig = await folder.write('config', LAPTOP);
    expect(await readClusterConfig(input({ kubeconfig, context: 'west' }))).toMatchObject({
      server: 'https://west.example/k8s/west',
      ca: { file: join(folder.path, 'pki/ca.crt') },
      skipTlsVerify: true,
      user: { token: { file: join(folder.path, 'secrets/token') } },
    });
  });

  it('reads a login command, its path relative to the file', async () => {
    const kubeconfig = await folder.write('config', LAPTOP);
    const { user } = await readClusterConfig(input({ kubeconfig, context: 'plugin' }));
    expect(user.exec).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: join(folder.path, 'bin/login'),
      args: ['eks', 'get-token'],
      environment: { AWS_PROFILE: 'shop' },
      interactiveMode: 'IfAvailable',
      provideClusterInfo: true,
      installHint: 'install the tool',
      clusterSettings: null,
    });
  });

  it('joins the files of $KUBECONFIG: the first that has a name wins, and those that are missing are skipped', async () => {
    const first = await folder.write(
      'first',
      'contexts: [{name: both, context: {cluster: east, user: ada}}]\nusers: [{name: ada, user: {token: first}}]',
    );
    const second = await folder.write('second', LAPTOP);
    const KUBECONFIG = [join(folder.path, 'missing'), first, second].join(':');
    const config = await readClusterConfig(input({ environment: { KUBECONFIG }, context: 'both' }));
    expect(config).toMatchObject({ server: 'https://east.example:6443', user: { token: { text: 'first' } } });
    expect((await readClusterConfig(input({ environment: { KUBECONFIG } }))).context).toBe('east');
  });

  it('looks into the home folder last', async () => {
    await folder.write('config', LAPTOP);
    const { mkdir, rename } = await import('node:fs/promises');
    await mkdir(join(folder.path, '.kube'));
    await rename(join(folder.path, 'config'), join(folder.path, '.kube/config'));
    expect(await readClusterConfig(input({ homeFolder: folder.path }))).toMatchObject({ context: 'east' });
  });

  it('is the service account of its pod where there is no kubeconfig', async () => {
    await folder.write('token', 'abc');
    const config = await readClusterConfig(
      input({
        serviceAccountFolder: folder.path,
        environment: { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' },
      }),
    );
    expect(config).toMatchObject({
      server: 'https://[fd00::1]:443',
      ca: { file: join(folder.path, 'ca.crt') },
      user: { token: { file: join(folder.path, 'token') } },
    });
    expect(identityPhrase(config)).toBe('the service account of this pod');
  });

  it.each([
    ['no YAML', 'clusters: [', null, /is not YAML: .*line 1/],
    ['a page', '<html>', null, /is not a kubeconfig/],
    ['a list that is none', 'clusters: 7', null, /"clusters" that is no list/],
    ['an entry without a name', 'users: [{user: {}}]', null, /no name at users\[0\]/],
    [
      'no current context',
      LAPTOP.replace('current-context: east', ''),
      null,
      /no current context; it knows east, west, plugin/,
    ],
    ['no such context', LAPTOP, 'north', /no context "north"; it knows east, west, plugin/],
    [
      'no such cluster',
      LAPTOP.replace('cluster: east, user: ada', 'cluster: north, user: ada'),
      null,
      /cluster "north" in context "east"/,
    ],
    ['no such user', LAPTOP.replace('user: ada', 'user: bob'), null, /user "bob" in context "east"/],
    [
      'a server that is no URL',
      LAPTOP.replace('https://east.example:6443/', 'ftp://east.example'),
      null,
      /no server URL in cluster "east": ftp:\/\/east.example/,
    ],
    [
      'data that is no PEM',
      LAPTOP.replace(base64(PEM), 'AAAA'),
      null,
      /certificate-authority-data that is no PEM/,
    ],
    [
      'an old plugin version',
      LAPTOP.replace('k8s.io/v1beta1', 'k8s.io/v1alpha1'),
      'plugin',
      /v1alpha1": use client.authentication.k8s.io\/v1/,
    ],
    ['a plugin without a command', LAPTOP.replace('command: ./bin/login', ''), 'plugin', /without a command/],
    [
      'a provider that is gone',
      LAPTOP.replace('token: abc, tokenFile: secrets/token', 'auth-provider: {name: gcp}'),
      'west',
      /auth-provider "gcp", which needs a plugin: .+gke-gcloud-auth-plugin/,
    ],
    [
      'a proxy',
      LAPTOP.replace('tls-server-name: api.east', 'proxy-url: "socks4://x"'),
      null,
      /proxy-url in cluster "east" that is none/,
    ],
  ])('names the file and what is wrong in it: %s', async (_, text, context, message) => {
    const kubeconfig = await folder.write('config', text);
    const error = await readClusterConfig(input({ kubeconfig, context })).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof SourceError)) throw new Error(`not a SourceError: ${String(error)}`);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(kubeconfig);
    expect(error.remedy).toBeTruthy();
  });

  it('says what to name where there is nothing at all', async () => {
    await expect(readClusterConfig(input())).rejects.toThrow('there is no kubeconfig');
    const kubeconfig = join(folder.path, 'nowhere');
    await expect(readClusterConfig(input({ kubeconfig }))).rejects.toThrow(`${kubeconfig} does not exist`);
  });
});
