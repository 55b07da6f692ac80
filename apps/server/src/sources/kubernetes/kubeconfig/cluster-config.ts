// Where the API server is and whom we are there: what a kubeconfig or a service account comes down to. Knows no files' format.

/** Where every pod finds the service account that it runs under. */
export const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A value that is given, or a file that is read again when it is needed. */
export type Material = { readonly text: string } | { readonly file: string };

export interface ExecConfig {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly interactiveMode: string | null;
  readonly provideClusterInfo: boolean;
  /** What the kubeconfig's author wrote for people who lack the command. */
  readonly installHint: string | null;
  /** The `config` that the cluster entry has for its plugin; null when it has none. */
  readonly clusterSettings: unknown;
}

export interface Impersonation {
  readonly user: string;
  readonly uid: string | null;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export interface UserConfig {
  readonly name: string;
  readonly certificate: Material | null;
  readonly key: Material | null;
  readonly token: Material | null;
  readonly password: { readonly user: string; readonly password: string } | null;
  readonly exec: ExecConfig | null;
  readonly impersonate: Impersonation | null;
}

export interface ClusterConfig {
  /** For people: the files that were read, or the service account. */
  readonly origin: string;
  /** Null in a cluster. */
  readonly context: string | null;
  /** Without a trailing slash; may have a path. */
  readonly server: string;
  readonly ca: Material | null;
  readonly tlsServerName: string | null;
  /** Null: what the environment says. */
  readonly proxyUrl: string | null;
  /** Of the context: where its user most likely has rights. */
  readonly namespace: string | null;
  readonly skipTlsVerify: boolean;
  readonly user: UserConfig;
}

/** One phrase for logs and the page: which credential speaks for us, never the credential. */
export function identityPhrase({ user, context }: ClusterConfig): string {
  const by = user.exec
    ? `the plugin ${user.exec.command}`
    : user.token
      ? 'a token'
      : user.certificate
        ? 'a client certificate'
        : user.password
          ? 'a password'
          : 'no credential';
  const acting = user.impersonate ? ` as ${user.impersonate.user}` : '';
  return context === null
    ? `the service account of this pod`
    : `user ${user.name} of context ${context} (${by})${acting}`;
}
