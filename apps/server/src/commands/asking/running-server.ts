// A Latchwork that runs, as the door to what it says: by HTTP, with its token.

import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import type { Environment } from '../../flags/given.ts';
import { createDispatcher } from '../../network/dispatcher.ts';
import { chooseProxy } from '../../network/proxy-choice.ts';
import { AskTrouble, type Door } from './asking.ts';
import { eventMessages } from './event-lines.ts';

export interface RunningServerOptions {
  readonly url: string;
  readonly tokenFile: string | null;
  readonly environment: Environment;
}

const CONNECT_MS = 10_000;
/** The server itself gives up after 30 s. */
const ANSWER_MS = 40_000;
/** A stream says something every few seconds. */
const SILENCE_MS = 20_000;
/** Three times the graph of the largest mesh that we know. */
const MOST_BYTES = 256 * 1024 * 1024;

export async function openRunningServer({
  url,
  tokenFile,
  environment,
}: RunningServerOptions): Promise<Door> {
  const token = tokenFile === null ? null : await tokenIn(tokenFile);
  const dispatcher = createDispatcher({
    proxy: chooseProxy(url, environment, { knowsAllProxy: true }),
    connect: { timeout: CONNECT_MS },
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  });
  const headers = {
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  function unanswered(error: unknown): AskTrouble {
    if (error instanceof AskTrouble) return error;
    const { code, message } = error as NodeJS.ErrnoException;
    return new AskTrouble(`no answer from ${url} (${code ?? message}): see that a Latchwork runs there`);
  }
  /** What begins well may end otherwise: the server restarts, or says nothing more. */
  async function* answered(events: AsyncIterable<string>): AsyncGenerator<string> {
    try {
      yield* events;
    } catch (error) {
      throw unanswered(error);
    }
  }
  return {
    async get(path) {
      try {
        const { statusCode, body } = await request(`${url}${path}`, { dispatcher, headers });
        return { status: statusCode, body: await bounded(body) };
      } catch (error) {
        throw unanswered(error);
      }
    },
    async stream(path, text, signal) {
      try {
        const { statusCode, body } = await request(`${url}${path}`, {
          ...{ dispatcher, signal, method: 'POST', body: text, bodyTimeout: SILENCE_MS },
          headers: { ...headers, 'content-type': 'application/json' },
        });
        if (statusCode !== 200) return { status: statusCode, body: await bounded(body) };
        return answered(eventMessages(body));
      } catch (error) {
        throw unanswered(error);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

async function bounded(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      throw new AskTrouble(`the answer is larger than ${MOST_BYTES / 2 ** 20} MB: ask for fewer namespaces`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The token alone, or the first NAME:ROLE:SECRET line of a server's own file. */
async function tokenIn(path: string): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
  const token = /^[^:\s]+:(?:viewer|tapper|signer):(\S+)$/.exec(first)?.[1] ?? first;
  if (!/^[\x21-\x7e]+$/.test(token)) throw new AskTrouble(`--token-file: ${path} holds no token`, true);
  return token;
}
