// Which contexts somebody may choose from on the page: those of the kubeconfig, on a server that is theirs alone.

import { homedir } from 'node:os';
import type { Config } from '../config.ts';
import { isGuarded, isLoopback } from '../security/openness.ts';
import type { Terminal } from './command.ts';

export interface ContextNames {
  readonly current: string;
  readonly names: readonly string[];
}

/** Null where there is nothing to choose, or where a choice would be one for others, too. */
export async function contextNames(
  config: Config,
  { environment }: Pick<Terminal, 'environment'>,
): Promise<ContextNames | null> {
  const { kubernetes, prometheus } = config;
  const isOwn = isLoopback(config) && !isGuarded(config) && config.embed.keyFile === null;
  // Another cluster has another store: one that was named stays.
  if (kubernetes === null || prometheus.url !== null || config.mode !== 'live' || !isOwn) return null;
  const { readContexts } = await import('../sources/kubernetes/kubeconfig/config.ts');
  const found = await readContexts({ ...kubernetes, environment, homeFolder: homedir() }).catch(() => null);
  return found !== null && found.names.length > 1 ? found : null;
}
