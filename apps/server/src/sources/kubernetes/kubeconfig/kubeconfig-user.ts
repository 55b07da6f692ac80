// The user entry of a kubeconfig → what it may show to the API server. Reads no credential files.

import { dirname, resolve } from 'node:path';
import type { ExecConfig, Impersonation, Material, UserConfig } from './cluster-config.ts';
import { type Entry, isFields, malformed, pathOf, textOf } from './kubeconfig-file.ts';

/** `cluster` holds what the plugin of the user is to be told. */
export function toUserConfig(name: string, entry: Entry, cluster: Entry): UserConfig {
  const exec = toExec(name, entry, cluster);
  const user = textOf(entry, 'username');
  return {
    name,
    certificate: materialOf(entry, 'client-certificate'),
    key: materialOf(entry, 'client-key'),
    token: tokenOf(name, entry),
    password: user === null ? null : { user, password: textOf(entry, 'password') ?? '' },
    exec,
    impersonate: toImpersonation(entry),
  };
}

/** Inline data (base64) wins over a file, as in kubectl. */
export function materialOf(entry: Entry, name: string): Material | null {
  const data = textOf(entry, `${name}-data`);
  if (data !== null) {
    const text = Buffer.from(data, 'base64').toString('utf8');
    if (!text.includes('-----BEGIN'))
      throw malformed(entry.file, `has ${name}-data that is no PEM in base64`);
    return { text };
  }
  const file = pathOf(entry, name);
  return file === null ? null : { file };
}

/** A token file wins over a token, because it is kept fresh. */
function tokenOf(name: string, entry: Entry): Material | null {
  const file = pathOf(entry, 'tokenFile');
  if (file !== null) return { file };
  const token = textOf(entry, 'token') ?? legacyToken(name, entry);
  return token === null ? null : { text: token };
}

/** The OIDC provider's last token still works until it expires; kubectl's other built-in providers are gone since 1.26. */
function legacyToken(name: string, entry: Entry): string | null {
  const provider = entry.fields['auth-provider'];
  if (!isFields(provider)) return null;
  const config = isFields(provider['config']) ? provider['config'] : {};
  if (provider['name'] === 'oidc' && typeof config['id-token'] === 'string') return config['id-token'];
  throw malformed(
    entry.file,
    `signs user "${name}" in with the auth-provider "${provider['name']}", which needs a plugin: use exec instead${insteadOf(provider['name'])}`,
  );
}

/** What clouds have in the place of kubectl's built-in providers. */
function insteadOf(provider: unknown): string {
  if (provider === 'gcp')
    return ' (gke-gcloud-auth-plugin, written by "gcloud container clusters get-credentials")';
  return provider === 'azure' ? ' ("kubelogin convert-kubeconfig")' : '';
}

function toExec(name: string, entry: Entry, cluster: Entry): ExecConfig | null {
  const exec = entry.fields['exec'];
  if (exec === undefined || exec === null) return null;
  if (!isFields(exec)) throw malformed(entry.file, `has an exec of user "${name}" without fields`);
  const fields: Entry = { file: entry.file, fields: exec };
  const command = textOf(fields, 'command');
  if (command === null) throw malformed(entry.file, `has an exec of user "${name}" without a command`);
  const apiVersion = textOf(fields, 'apiVersion') ?? '';
  if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(apiVersion))
    throw malformed(
      entry.file,
      `has an exec of user "${name}" of apiVersion "${apiVersion}": use client.authentication.k8s.io/v1 or v1beta1`,
    );
  return {
    apiVersion,
    // A path, not a bare name, is relative to the kubeconfig.
    command: /[\\/]/.test(command) ? resolve(dirname(entry.file), command) : command,
    args: texts(exec['args']),
    environment: environmentOf(exec['env']),
    interactiveMode: textOf(fields, 'interactiveMode'),
    provideClusterInfo: exec['provideClusterInfo'] === true,
    installHint: textOf(fields, 'installHint'),
    clusterSettings: pluginSettings(cluster),
  };
}

function environmentOf(list: unknown): Record<string, string> {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.filter(isFields).map((item) => [String(item['name']), String(item['value'] ?? '')]),
  );
}

function pluginSettings({ fields }: Entry): unknown {
  const extensions = fields['extensions'];
  if (!Array.isArray(extensions)) return null;
  const found = extensions.find(
    (item) => isFields(item) && item['name'] === 'client.authentication.k8s.io/exec',
  );
  return isFields(found) ? (found['extension'] ?? null) : null;
}

function toImpersonation(entry: Entry): Impersonation | null {
  const user = textOf(entry, 'as');
  if (user === null) return null;
  const extra = entry.fields['as-user-extra'];
  return {
    user,
    uid: textOf(entry, 'as-uid'),
    groups: texts(entry.fields['as-groups']),
    extra: isFields(extra)
      ? Object.fromEntries(Object.entries(extra).map(([key, value]) => [key, texts(value)]))
      : {},
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
