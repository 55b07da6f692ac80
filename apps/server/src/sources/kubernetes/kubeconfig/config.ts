// Finds the cluster as kubectl does: the named files, $KUBECONFIG, the home folder; else the service account of this pod.

import { readFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { withoutEndSlashes } from '../../../end-slashes.ts';
import { failureWords } from '../../../network/failure-words.ts';
import { isProxyUrl } from '../../../network/proxy-url.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { type ClusterConfig, SERVICE_ACCOUNT_FOLDER } from './cluster-config.ts';
import { type Entry, type KubeconfigFile, malformed, parseKubeconfig, textOf } from './kubeconfig-file.ts';
import { materialOf, toUserConfig } from './kubeconfig-user.ts';

export interface ConfigInput {
  /** A file, or several joined as in $KUBECONFIG; null: kubectl's default. */
  readonly kubeconfig: string | null;
  /** Null: the current context of the files. */
  readonly context: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string | null;
  readonly serviceAccountFolder?: string;
}

/** Throws a `SourceError` that names the file, what is wrong in it, and what to change. */
export async function readClusterConfig(input: ConfigInput): Promise<ClusterConfig> {
  const files = await readFiles(input);
  if (files.length > 0) return choose(files, input.context);
  return readServiceAccount(input);
}

/** The contexts of the files, sorted, and which one is meant; null where no file speaks. Throws as `readClusterConfig` does. */
export async function readContexts(
  input: ConfigInput,
): Promise<{ readonly current: string; readonly names: readonly string[] } | null> {
  const files = await readFiles(input);
  const current = input.context ?? files.find(({ file }) => file.currentContext)?.file.currentContext;
  if (!current) return null;
  return { current, names: [...new Set(files.flatMap(({ file }) => [...file.contexts.keys()]))].sort() };
}

async function readFiles(input: ConfigInput): Promise<{ path: string; file: KubeconfigFile }[]> {
  const list = input.kubeconfig ?? input.environment['KUBECONFIG'];
  const explicit = Boolean(list);
  const paths = list
    ? list.split(delimiter).filter(Boolean)
    : input.homeFolder
      ? [join(input.homeFolder, '.kube', 'config')]
      : [];
  const found: { path: string; file: KubeconfigFile }[] = [];
  for (const path of paths.map((part) => resolve(part))) {
    const text = await readText(path);
    if (text !== null) found.push({ path, file: parseKubeconfig(text, path) });
  }
  if (explicit && found.length === 0)
    throw kubernetesError('unreachable', `kubeconfig ${paths.join(', ')} does not exist`, {
      remedy: 'name an existing file with --kubeconfig or in the variable KUBECONFIG',
    });
  return found;
}

/** Null when there is no such file: kubectl skips it, too. */
async function readText(path: string): Promise<string | null> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    throw kubernetesError('unreachable', `kubeconfig ${path} cannot be read: ${failureWords({ code })}`, {
      remedy: 'give this user the right to read it, or name another file with --kubeconfig',
      cause: error,
    });
  }
}

/** The first file that has a name wins, as in kubectl. */
function choose(files: { path: string; file: KubeconfigFile }[], wanted: string | null): ClusterConfig {
  const paths = files.map(({ path }) => path).join(', ');
  const lookUp = (list: 'contexts' | 'clusters' | 'users', name: string): Entry | null =>
    files.map(({ file }) => file[list].get(name)).find((entry) => entry !== undefined) ?? null;
  const contexts = [...new Set(files.flatMap(({ file }) => [...file.contexts.keys()]))];
  const context = wanted ?? files.find(({ file }) => file.currentContext)?.file.currentContext ?? null;
  if (context === null)
    throw malformed(
      paths,
      `has no current context; it knows ${namesOf(contexts)}: choose one with --context`,
    );
  const entry = lookUp('contexts', context);
  if (!entry) throw malformed(paths, `has no context "${context}"; it knows ${namesOf(contexts)}`);

  const clusterName = textOf(entry, 'cluster') ?? '';
  const cluster = lookUp('clusters', clusterName);
  if (!cluster)
    throw malformed(entry.file, `names a cluster "${clusterName}" in context "${context}" that is not there`);
  const userName = textOf(entry, 'user');
  const user = userName === null ? null : lookUp('users', userName);
  if (userName !== null && !user)
    throw malformed(entry.file, `names a user "${userName}" in context "${context}" that is not there`);
  const ca = materialOf(cluster, 'certificate-authority');
  return {
    origin: paths,
    context,
    server: serverOf(clusterName, cluster, ca !== null),
    ca,
    tlsServerName: textOf(cluster, 'tls-server-name'),
    proxyUrl: proxyOf(clusterName, cluster),
    namespace: textOf(entry, 'namespace'),
    skipTlsVerify: skipsVerification(cluster),
    user: toUserConfig(userName ?? 'nobody', user ?? { file: entry.file, fields: {} }, cluster),
  };
}

/** Without a scheme it is TLS where something of TLS is set, as in kubectl. */
function serverOf(name: string, cluster: Entry, hasCa: boolean): string {
  const written = textOf(cluster, 'server') ?? '';
  const scheme = hasCa || skipsVerification(cluster) ? 'https' : 'http';
  const server = /^[^/?#]+(:\d+)?\/?$/.test(written) ? `${scheme}://${written}` : written;
  if (!/^https?:\/\//i.test(server) || !URL.canParse(server))
    throw malformed(cluster.file, `has no server URL in cluster "${name}": ${written || 'it is missing'}`);
  return withoutEndSlashes(server.replace(/^[a-z]+/i, (written) => written.toLowerCase()));
}

function skipsVerification({ fields }: Entry): boolean {
  return fields['insecure-skip-tls-verify'] === true;
}

function proxyOf(name: string, cluster: Entry): string | null {
  const url = textOf(cluster, 'proxy-url');
  if (url === null) return null;
  if (!isProxyUrl(url))
    throw malformed(
      cluster.file,
      `has a proxy-url in cluster "${name}" that is none: use http://, https:// or socks5:// with a host`,
    );
  return url;
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.slice(0, 12).join(', ');
}

async function readServiceAccount(input: ConfigInput): Promise<ClusterConfig> {
  const folder = input.serviceAccountFolder ?? SERVICE_ACCOUNT_FOLDER;
  const host = input.environment['KUBERNETES_SERVICE_HOST'];
  const port = input.environment['KUBERNETES_SERVICE_PORT'];
  if (!host || !port || (await readText(join(folder, 'token'))) === null)
    throw kubernetesError(
      'unreachable',
      'there is no kubeconfig, and this is no pod with a service account',
      {
        remedy: 'name a file with --kubeconfig, or set the variable KUBECONFIG',
      },
    );
  return {
    origin: folder,
    context: null,
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ca: { file: join(folder, 'ca.crt') },
    tlsServerName: null,
    proxyUrl: null,
    namespace: await ownNamespace(folder),
    skipTlsVerify: false,
    user: {
      name: 'service account',
      certificate: null,
      key: null,
      token: { file: join(folder, 'token') },
      password: null,
      exec: null,
      impersonate: null,
    },
  };
}

async function ownNamespace(folder: string): Promise<string | null> {
  return (await readText(join(folder, 'namespace')))?.trim() || null;
}

/** As its first bytes say: editors of Windows write UTF-16. */
function decodeText(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}
