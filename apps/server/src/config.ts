// Flags and environment → Config, with every mistake found at once: what settings mean together is decided here.

import { delimiter, join } from 'node:path';
import type { SettingsOf } from './flags/flag.ts';
import type { Mistake } from './flags/given.ts';
import { SERVER_FLAGS } from './flags/server-flags.ts';
import { type ReadSettings, readSettings, type SettingsInput } from './flags/settings.ts';
import type { SOURCE_FLAGS } from './flags/source-flags.ts';
import { SERVICE_ACCOUNT_FOLDER } from './sources/kubernetes/kubeconfig/cluster-config.ts';

type SourceSettings = SettingsOf<typeof SOURCE_FLAGS>;
type ServerSettings = SettingsOf<typeof SERVER_FLAGS>;

export type PrometheusConfig = SourceSettings['prometheus'];
export type KubernetesConfig = Omit<SourceSettings['kubernetes'], 'off'>;

/** What a command needs that looks at a mesh. */
export interface SourceConfig extends Omit<SourceSettings, 'kubernetes'> {
  /** Null: Kubernetes is not asked. */
  readonly kubernetes: KubernetesConfig | null;
}

export interface Config
  extends Omit<ServerSettings, 'kubernetes' | 'help' | 'version' | 'demo' | 'replay'>,
    SourceConfig {
  readonly mode: 'live' | 'demo' | 'replay';
}

interface Mistakes {
  readonly kind: 'mistakes';
  readonly mistakes: readonly Mistake[];
}

export type ConfigResult =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** The demo, from nothing: its mesh has to be started first. */
  | { readonly kind: 'demo' }
  | Mistakes
  | { readonly kind: 'config'; readonly config: Config };

/** With one of them there is a mesh to look at. */
const SOURCES = ['prometheus', 'kubeconfig', 'context'] as const;

/** Of each pair one at most. */
const CONTRADICTIONS = [
  ['demo', 'replay'],
  ['no-tap', 'tap-url'],
  ['no-kubernetes', 'kubeconfig'],
  ['no-kubernetes', 'context'],
] as const;

/** The first means nothing without the second. */
const NEEDS = [
  ['oidc-issuer', 'oidc-client-id'],
  ['oidc-issuer', 'oidc-client-secret-file'],
  ['oidc-client-id', 'oidc-issuer'],
  ['oidc-client-secret-file', 'oidc-issuer'],
  ['oidc-scope', 'oidc-issuer'],
  ['oidc-user-claim', 'oidc-issuer'],
  ['oidc-groups-claim', 'oidc-issuer'],
  ['oidc-allowed-group', 'oidc-issuer'],
  ['oidc-allowed-domain', 'oidc-issuer'],
  ['user-header', 'trusted-proxy'],
  ['groups-header', 'user-header'],
  ['embed-ended-file', 'embed-key-file'],
] as const;

export function readConfig(input: SettingsInput): ConfigResult {
  const read = readSettings(SERVER_FLAGS, input);
  const { help, version, demo, replay, ...settings } = read.settings;
  if (help) return { kind: 'help' };
  if (version) return { kind: 'version' };
  const sources = toSourceConfig(read, input, demo || replay);
  const isWholeDemo = demo && !SOURCES.some((name) => read.names.has(name));
  const mistakes = [...read.mistakes, ...(isWholeDemo ? [] : sources.mistakes)];
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  if (isWholeDemo) return { kind: 'demo' };
  const mode = demo ? 'demo' : replay ? 'replay' : 'live';
  // Whoever asks for nothing wants to see something.
  const openBrowser = settings.openBrowser || (sources.isAlone && input.hasDesktop === true);
  return { kind: 'config', config: { ...settings, ...sources.config, mode, openBrowser } };
}

/** For commands that look at a mesh once, with flags of their own besides. */
export function toSourceConfig(
  { settings, names }: Pick<ReadSettings<typeof SOURCE_FLAGS>, 'settings' | 'names'>,
  input: SettingsInput,
  isInvented = false,
): {
  readonly config: SourceConfig;
  readonly mistakes: readonly Mistake[];
  /** No source was named: what kubectl would talk to is looked at. */
  readonly isAlone: boolean;
} {
  const { prometheus, atSeconds, latencyTargetMs } = settings;
  const { off, ...kubernetes } = settings.kubernetes;
  const isNamed = names.has('kubeconfig') || names.has('context') || (!isInvented && isInCluster(input));
  const isAlone = !isNamed && !isInvented && !names.has('prometheus') && hasKubeconfig(input);
  const isAsked = !off && (isNamed || isAlone);
  const config = { prometheus, atSeconds, latencyTargetMs, kubernetes: isAsked ? kubernetes : null };
  return { config, mistakes: mistakesIn(config, names), isAlone: isAsked && isAlone };
}

/** Where kubectl would look. */
function hasKubeconfig({ environment, checkFile }: SettingsInput): boolean {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const paths = named.length > 0 ? named : home ? [join(home, '.kube', 'config')] : [];
  return paths.some((path) => {
    try {
      checkFile(path);
      return true;
    } catch {
      return false;
    }
  });
}

/** What runs in a pod was most likely put there to look at its cluster. */
function isInCluster({ environment, checkFile }: SettingsInput): boolean {
  if (!environment['KUBERNETES_SERVICE_HOST']) return false;
  try {
    checkFile(join(SERVICE_ACCOUNT_FOLDER, 'token'));
    return true;
  } catch {
    return false;
  }
}

function mistakesIn({ kubernetes }: SourceConfig, names: ReadonlySet<string>): Mistake[] {
  const mistakes: Mistake[] = [];
  const mistake = (flag: string, message: string) => mistakes.push({ where: `--${flag}`, message });
  if (!names.has('prometheus') && kubernetes === null)
    mistake(
      'prometheus',
      'is missing, and there is no kubeconfig where kubectl looks for one: say where Prometheus is, such as --prometheus http://127.0.0.1:9090, or which cluster to look at with --kubeconfig FILE or --context NAME; --demo shows an invented mesh',
    );
  if (names.has('prometheus-user') && !names.has('prometheus-password-file'))
    mistake('prometheus-user', 'needs a password: add --prometheus-password-file FILE');
  if (names.has('prometheus-password-file') && !names.has('prometheus-user'))
    mistake('prometheus-password-file', 'needs a user: add --prometheus-user NAME');
  if (names.has('prometheus-token-file') && names.has('prometheus-user'))
    mistake(
      'prometheus-token-file',
      'contradicts --prometheus-user: use a token or a user with password, not both',
    );
  if (names.has('namespaces-by-rights') && kubernetes === null)
    mistake(
      'namespaces-by-rights',
      'needs a cluster to ask: give --kubeconfig FILE or --context NAME, or run it in one',
    );
  if (names.has('namespaces-by-rights') && !names.has('oidc-issuer') && !names.has('user-header'))
    mistake(
      'namespaces-by-rights',
      'needs to know people by name: give --oidc-issuer URL, or --user-header NAME',
    );
  if (names.has('role-group') && !names.has('oidc-issuer') && !names.has('groups-header'))
    mistake(
      'role-group',
      'needs to know the groups of people: give --oidc-issuer URL, or --user-header NAME with --groups-header NAME',
    );
  for (const [flag, needed] of NEEDS)
    if (names.has(flag) && !names.has(needed)) mistake(flag, `needs --${needed} besides`);
  for (const [flag, other] of CONTRADICTIONS)
    if (names.has(flag) && names.has(other)) mistake(flag, `contradicts --${other}: leave one of them out`);
  return mistakes;
}
