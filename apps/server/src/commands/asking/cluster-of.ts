// The settings of a cluster → how to reach it.

import { homedir } from 'node:os';
import type { SourceConfig } from '../../config.ts';
import type { ClusterAccess } from '../../plugins/kubernetes.ts';
import type { Terminal } from '../command.ts';

/** `namespaces`: where there may be rights that there are not in the whole cluster. Undefined when it cannot be told which cluster is meant: that is a mistake in the settings, and was said. */
export async function clusterOf(
  { kubernetes }: Pick<SourceConfig, 'kubernetes'>,
  { environment, say }: Pick<Terminal, 'environment' | 'say'>,
  namespaces: readonly string[],
): Promise<ClusterAccess | null | undefined> {
  if (kubernetes === null) return null;
  const { readClusterConfig } = await import('../../sources/kubernetes/kubeconfig/config.ts');
  try {
    return {
      config: await readClusterConfig({ ...kubernetes, environment, homeFolder: homedir() }),
      environment,
      namespaces,
    };
  } catch (error) {
    const { message, remedy } = error as Error & { remedy?: string };
    say(remedy ? `${message}: ${remedy}` : message);
    return undefined;
  }
}
