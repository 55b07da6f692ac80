// Asks what the mesh says: a server that runs, or the sources themselves by an app that nobody listens to. The answers
// are the same, and so are the words of whatever goes wrong.

import { About } from '@latchwork/shared/about';
import { TOPICS, type TopicName, type TopicParams, type TopicValue } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';
import type { TSchema } from 'typebox';
import { findBreach } from '../../contract/check.ts';

/** Topics that a `GET` answers, each under its path; a workload's is made of its parameters. */
const ASKED = [
  'graph',
  'workloads',
  'workload',
  'routes',
  'podPairs',
  'stat',
  'policies',
  'inventory',
  'problems',
  'findings',
  'checks',
  'doctor',
] as const;
export type AskedTopic = Extract<TopicName, (typeof ASKED)[number]>;

interface DoorAnswer {
  readonly status: number;
  readonly body: string;
}

/** One question and its answer, as HTTP has them. */
export interface Door {
  get(path: string): Promise<DoorAnswer>;
  /** A `POST` whose answer goes on until `signal` ends it: its events, or the answer of who refuses. */
  stream(path: string, body: string, signal: AbortSignal): Promise<DoorAnswer | AsyncIterable<string>>;
  close(): Promise<void>;
}

export interface Asking {
  /** Throws an AskTrouble. */
  ask<N extends AskedTopic>(topic: N, params: TopicParams<N>): Promise<TopicValue<N>>;
  /** Each value of a live topic, until `onValue` returns false or `signal` ends it. Throws an AskTrouble. */
  follow<N extends TopicName>(
    topic: N,
    params: TopicParams<N>,
    onValue: (value: TopicValue<N>) => boolean,
    signal?: AbortSignal,
  ): Promise<void>;
  about(): Promise<About>;
  close(): Promise<void>;
}

/** In words for people; `isMistake`: what was asked for makes no sense, so that asking again does not help. */
export class AskTrouble extends Error {
  override readonly name = 'AskTrouble';
  readonly isMistake: boolean;

  constructor(message: string, isMistake = false) {
    super(message);
    this.isMistake = isMistake;
  }
}

export function createAsking({ get, stream, close }: Door): Asking {
  async function read<T>(path: string, schema: TSchema): Promise<T> {
    const { status, body } = await get(path);
    const value = parsed(body);
    if (status !== 200) throw toTrouble(status, value);
    const breach = value === undefined ? 'is no JSON' : findBreach(schema, value);
    if (breach !== null)
      throw new AskTrouble(
        `what answers ${path.replace(/\?.*/, '')} is no Latchwork of this version (${breach}): see that --url leads to one, with its base path`,
      );
    return value as T;
  }
  return {
    ask: (topic, params) => read(`${pathOf(topic, params)}`, TOPICS[topic].value),
    async follow(topic, params, onValue, signal) {
      const ended = new AbortController();
      const all = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
      const subscriptions = [{ type: 'subscribe', id: '1', topic, params }];
      try {
        const events = await stream(PATHS.liveEvents, JSON.stringify({ subscriptions }), all);
        if ('status' in events) throw toTrouble(events.status, parsed(events.body));
        for await (const event of events) {
          const value = streamedValue(event, TOPICS[topic].value);
          if (value !== undefined && !onValue(value as Parameters<typeof onValue>[0])) return;
        }
        throw new AskTrouble('the server ended what it was telling: ask again');
      } catch (error) {
        // Whoever has had enough does not ask how it ended.
        if (!all.aborted) throw error;
      } finally {
        ended.abort();
      }
    },
    about: () => read(PATHS.about, About),
    close,
  };
}

type Param = string | number | boolean | readonly string[] | undefined;

/** With the query that the parameters make. */
export function pathOf<N extends AskedTopic>(topic: N, params: TopicParams<N>): string {
  const rest: Record<string, Param> = { ...params };
  let path: string = topic === 'workload' ? PATHS.workloads : PATHS[topic as Exclude<AskedTopic, 'workload'>];
  if (topic === 'workload')
    for (const name of ['namespace', 'kind', 'name']) {
      path += `/${encodeURIComponent(String(rest[name]))}`;
      delete rest[name];
    }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest))
    for (const each of value === undefined ? [] : Array.isArray(value) ? value : [value])
      query.append(name, String(each));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Undefined for what carries none. */
function streamedValue(event: string, schema: TSchema): unknown {
  const message = (parsed(event) ?? {}) as Partial<Record<'type' | 'message' | 'value', unknown>>;
  if (message.type === 'trouble') throw new AskTrouble(String(message.message));
  if (message.type !== 'data') return undefined;
  const breach = findBreach(schema, message.value);
  if (breach !== null) throw new AskTrouble(`what the server streams is of another version (${breach})`);
  return message.value;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function toTrouble(status: number, value: unknown): AskTrouble {
  const { message, remedy, allowed } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Partial<Problem>;
  if (typeof message !== 'string') return new AskTrouble(`the server answered with status ${status}`);
  const more = [message, ...(remedy ? [remedy] : [])].join(': ');
  return new AskTrouble(
    allowed && !message.includes(allowed) ? `${more} (allowed: ${allowed})` : more,
    status === 400,
  );
}
