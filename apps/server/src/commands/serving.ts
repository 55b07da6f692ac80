// The app that listens now. Another context of the kubeconfig is another app on the same port: nothing of the last cluster is
// left, and open pages come back to it as after a restart.

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { VERSION, WEB_ROOT } from '../installation.ts';
import { createDoors } from '../network/doors.ts';
import type { ClusterAccess } from '../plugins/kubernetes.ts';
import { SourceError } from '../sources/source-error.ts';
import { clusterOf } from './asking/cluster-of.ts';
import { EXIT_MISTAKE, type Terminal } from './command.ts';
import type { ContextNames } from './context-names.ts';

export interface Serving {
  build(cluster: ClusterAccess | null): Promise<FastifyInstance>;
  listen(app: FastifyInstance): Promise<void>;
  /** Of whatever listens. */
  close(): Promise<void>;
}

export interface ServingOptions {
  readonly config: Config;
  readonly terminal: Terminal;
  /** Null: there is nothing to choose. */
  readonly contexts: ContextNames | null;
}

/** The answer to whoever chose is on its way first. */
const TURN_AFTER_MS = 100;

export function createServing({ config, terminal, contexts }: ServingOptions): Serving {
  let current: FastifyInstance | null = null;
  let name = contexts?.current ?? '';
  let port = config.port;
  let isTurning = false;

  async function build(cluster: ClusterAccess | null): Promise<FastifyInstance> {
    const { buildApp } = await import('../app.ts');
    return buildApp({
      config,
      cluster,
      contexts: contexts && { current: name, names: contexts.names, choose },
      environment: terminal.environment,
      version: VERSION,
      webRoot: WEB_ROOT,
      logger: { level: config.logLevel, stream: process.stderr },
    });
  }

  async function listen(app: FastifyInstance): Promise<void> {
    const doors = createDoors({ host: config.host, port });
    app.addHook('preClose', async () => doors.close());
    await app.listen({ host: config.host, port, ...(await doors.first()) });
    current = app;
    // A port that was any is this one from now on.
    ({ port } = app.server.address() as AddressInfo);
    await doors.open(app.server, port);
  }

  async function choose(context: string): Promise<void> {
    if (isTurning || config.kubernetes === null) throw busy();
    isTurning = true;
    const words: string[] = [];
    const told = { environment: terminal.environment, say: (line: string) => void words.push(line) };
    const chosen = { kubernetes: { ...config.kubernetes, context } };
    const cluster = await clusterOf(chosen, told, config.kubernetesNamespaces);
    if (cluster === undefined) {
      isTurning = false;
      throw unreadable(words.join(', '));
    }
    setTimeout(() => void turn(context, cluster), TURN_AFTER_MS);
  }

  async function turn(context: string, cluster: ClusterAccess | null): Promise<void> {
    try {
      await current?.close();
      name = context;
      await listen(await build(cluster));
      isTurning = false;
    } catch (error) {
      terminal.say(`context ${context} could not be shown: ${(error as Error).message}`);
      process.exit(EXIT_MISTAKE);
    }
  }

  return {
    build,
    listen,
    async close() {
      await current?.close();
    },
  };
}

function busy(): SourceError {
  return new SourceError({
    source: 'kubernetes',
    kind: 'unreachable',
    message: 'this server is on its way to another context',
    remedy: 'wait a moment, then choose again',
  });
}

function unreadable(message: string): SourceError {
  return new SourceError({
    source: 'kubernetes',
    kind: 'unreachable',
    message,
    remedy: 'correct the kubeconfig, or choose another context',
  });
}
