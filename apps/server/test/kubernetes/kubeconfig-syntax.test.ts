// What YAML may look like: each file reads as `kubectl config view` reads it (1.32), which was asked about every one of them.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readClusterConfig } from '../../src/sources/kubernetes/kubeconfig/config.ts';
import { type Folder, makeFolder } from './test-cluster.ts';

let folder: Folder;
beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

async function read(text: string | Buffer) {
  const kubeconfig = await folder.write('config', text);
  return readClusterConfig({ kubeconfig, context: null, environment: {}, homeFolder: null });
}

const PLAIN = `clusters: [{name: a, cluster: {server: "https://a.example"}}]
users: [{name: u, user: {token: x}}]
contexts: [{name: c, context: {cluster: a, user: u, namespace: shop}}]
current-context: c
`;
const READ = {
  context: 'c',
  server: 'https://a.example',
  namespace: 'shop',
  proxyUrl: null,
  user: { name: 'u', token: { text: 'x' } },
};
const change = (from: string, to: string) => PLAIN.replace(from, to);
const PEM_LINES = ['LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEK', 'LS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo='];

describe('a kubeconfig', () => {
  it.each<[string, string | Buffer, object]>([
    ['plain', PLAIN, READ],
    ['behind a comment and a document mark', `# of mine\n---\n${PLAIN}`, READ],
    ['with a directive and an end', `%YAML 1.1\n---\n${PLAIN}...\n`, READ],
    [
      'of several documents (the first one counts)',
      `${PLAIN}---\nclusters: [{name: a, cluster: {server: "https://b.example"}}]\ncurrent-context: d\n`,
      READ,
    ],
    [
      'as JSON',
      '{"clusters":[{"name":"a","cluster":{"server":"https://a.example"}}],"x":[1],"contexts":[{"name":"c","context":{"cluster":"a"}}],"current-context":"c"}',
      { server: 'https://a.example' },
    ],
    ['with a byte order mark', `\ufeff${PLAIN}`, READ],
    ['with line ends of Windows', PLAIN.replaceAll('\n', '\r\n'), READ],
    ['in UTF-16', Buffer.from(`\ufeff${PLAIN}`, 'utf16le'), READ],
    ['with tabs where they are allowed', change('cluster: {server', 'cluster:\t{server'), READ],
    ['with fields that nobody knows', `${PLAIN}x-mine: {deep: [1, {y: 2}]}\n`, READ],
    ['with a key twice (the last one counts)', change('token: x', 'token: w, token: x'), READ],
    [
      'with a token that looks like a moment',
      change('token: x', 'token: 2001-01-01'),
      { user: { token: { text: '2001-01-01' } } },
    ],
    [
      'with a token that looks like base 60',
      change('token: x', 'token: 12:30:45'),
      { user: { token: { text: '12:30:45' } } },
    ],
    [
      'with a token in binary',
      change('token: x', 'token: !!binary aGVsbG8='),
      { user: { token: { text: 'hello' } } },
    ],
    ['with a token of nothing', change('token: x', 'token: ~'), { user: { token: null } }],
    ['with a user of nothing', change('user: {token: x}', 'user: null'), { user: { token: null } }],
    ['with a user without fields', change(', user: {token: x}', ''), { user: { token: null } }],
    [
      'without users',
      change('users: [{name: u, user: {token: x}}]', 'users: null').replace(', user: u', ''),
      { server: 'https://a.example' },
    ],
    ['with a user of an empty name', change('user: u,', 'user: "",'), { server: 'https://a.example' }],
    [
      'with yes for true',
      change('.example"', '.example", insecure-skip-tls-verify: yes'),
      { skipTlsVerify: true },
    ],
    [
      'with a server without a scheme',
      change('https://a.example', '127.0.0.1:8001'),
      { server: 'http://127.0.0.1:8001' },
    ],
    [
      'with a server without a scheme, and TLS',
      change('"https://a.example"', 'a.example:6443, insecure-skip-tls-verify: true'),
      { server: 'https://a.example:6443' },
    ],
    [
      'with a scheme in capitals',
      change('https://a.example', 'HTTPS://a.example:6443/k8s/clusters/c-1'),
      { server: 'https://a.example:6443/k8s/clusters/c-1' },
    ],
    [
      'with a proxy',
      change('.example"', '.example", proxy-url: "socks5://jump:1080"'),
      { proxyUrl: 'socks5://jump:1080' },
    ],
    [
      'with a server on IPv6',
      change('https://a.example', 'https://[fd00::1]:6443/'),
      { server: 'https://[fd00::1]:6443' },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toMatchObject(expected);
  });

  it('has merge keys, of one anchor or several, for fields, for entries, and its own fields before them', async () => {
    const config = await read(`
x-first: &first {server: "https://first.example", tls-server-name: first}
x-second: &second {server: "https://second.example", proxy-url: "http://proxy:3128"}
clusters:
  - name: a
    cluster:
      <<: [*first, *second]
      tls-server-name: own
users:
  - &ada {name: ada, user: {token: x}}
  - {<<: *ada, name: bob}
contexts: [{name: c, context: {cluster: a, user: bob}}]
current-context: c
`);
    expect(config).toMatchObject({
      server: 'https://first.example',
      tlsServerName: 'own',
      proxyUrl: 'http://proxy:3128',
      user: { name: 'bob', token: { text: 'x' } },
    });
  });

  it.each(['|', '|-', '>'])('has base64 of several lines (%s)', async (style) => {
    const data = PEM_LINES.map((line) => `        ${line}`).join('\n');
    const config = await read(`
clusters:
  - name: a
    cluster:
      server: https://a.example
      certificate-authority-data: ${style}
${data}
contexts: [{name: c, context: {cluster: a}}]
current-context: c
`);
    expect(config.ca).toEqual({
      text: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    });
  });

  it.each([
    ['a token that is a number', change('token: x', 'token: 12345'), /has a token that is no text/],
    ['keys of another case', change('clusters:', 'Clusters:'), /names a cluster "a" .* not there/],
    [
      'a map for a list',
      change('clusters: [{name: a, cluster: {server: "https://a.example"}}]', 'clusters: {a: {}}'),
      /"clusters" that is no list/,
    ],
    ['an empty first document', `---\n---\n${PLAIN}`, /has no current context/],
    ['nothing', '', /has no current context/],
    ['a bomb of aliases', bomb(), /is not YAML/],
    ['a proxy that is none', change('.example"', '.example", proxy-url: "ftp://x"'), /has a proxy-url/],
    ['half of a map', 'clusters: [{name: a', /is not YAML/],
  ])('of %s is refused in words', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, i) => `x${i + 1}: &x${i + 1} [${Array(9).fill(`*x${i}`).join(', ')}]`,
  );
  return `x0: &x0 [a, a, a]\n${levels.join('\n')}\n${PLAIN}`;
}
