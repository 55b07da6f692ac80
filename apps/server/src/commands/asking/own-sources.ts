// The sources themselves, as the door to what they say: the whole app, which listens nowhere and ends with the command.

import type { FastifyInstance } from 'fastify';
import type { Config, SourceConfig } from '../../config.ts';
import type { Environment } from '../../flags/given.ts';
import { SERVER_FLAGS } from '../../flags/server-flags.ts';
import { readSettings } from '../../flags/settings.ts';
import { VERSION, WEB_ROOT } from '../../installation.ts';
import type { ClusterAccess } from '../../plugins/kubernetes.ts';
import { SourceError } from '../../sources/source-error.ts';
import { AskTrouble, type Door } from './asking.ts';
import { eventMessages } from './event-lines.ts';

export interface OwnSourcesOptions {
  readonly sources: SourceConfig;
  readonly cluster: ClusterAccess | null;
  readonly environment: Environment;
  readonly tap: Pick<Config, 'tapUrl'>;
}

/** A name that every server answers to. */
const HEADERS = { host: 'localhost' };

export async function openOwnSources(options: OwnSourcesOptions): Promise<Door> {
  const app = await openApp(options);
  return {
    async get(path) {
      const { statusCode, body } = await app.inject({ method: 'GET', url: path, headers: HEADERS });
      return { status: statusCode, body };
    },
    async stream(url, body, signal) {
      const answer = await app.inject({
        ...{ method: 'POST', url, body, signal, payloadAsStream: true },
        headers: { ...HEADERS, 'content-type': 'application/json' },
      });
      const chunks: AsyncIterable<Buffer> = answer.stream();
      if (answer.statusCode === 200) return eventMessages(chunks);
      let text = '';
      for await (const chunk of chunks) text += String(chunk);
      return { status: answer.statusCode, body: text };
    },
    close: () => app.close(),
  };
}

async function openApp({ sources, cluster, environment, tap }: OwnSourcesOptions): Promise<FastifyInstance> {
  const { buildApp } = await import('../../app.ts');
  try {
    return await buildApp({
      config: { ...quietConfig(sources), ...tap },
      ...{ cluster, environment, version: VERSION, webRoot: WEB_ROOT },
    });
  } catch (error) {
    // Where the cluster's Prometheus cannot be found, for one; whatever is our own mistake stays one.
    if (!(error instanceof SourceError)) throw error;
    const { message, remedy } = error;
    throw new AskTrouble(remedy ? `${message}: ${remedy}` : message);
  }
}

/** A server's settings where nobody has set any, but for the sources. */
function quietConfig(sources: SourceConfig): Config {
  const nothing = { args: [], environment: {}, checkFile: () => undefined };
  const { help, version, demo, replay, ...settings } = readSettings(SERVER_FLAGS, nothing).settings;
  return { ...settings, ...sources, mode: 'live' };
}
