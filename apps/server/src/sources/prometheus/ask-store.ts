// A question to the store by the way that leads there: posted, else in the address, whole, else in parts. What was learned
// of the way is kept.

import { SourceError } from '../source-error.ts';
import { isEnvelope, readEnvelope } from './envelope.ts';
import type { Answer, Ask, Exchange, Method } from './exchange.ts';
import { splitQuestion } from './long-question.ts';
import { refusal } from './questions/policy/refusal.ts';

export interface AskStore {
  /** Throws a SourceError for what is no success. The rows of each part by itself. */
  ask<T>(
    ask: Ask<T>,
  ): Promise<{ readonly parts: readonly (readonly T[])[]; readonly warnings: readonly string[] }>;
}

/** What only trouble or a missing login says: another method would hear the same. */
const NOT_THE_METHOD: readonly number[] = [401, 407, 408, 413, 429, 502, 503, 504];
const TOO_LONG: readonly number[] = [413, 414, 431];
/** Shorter questions than this are not what is wrong. */
const SHORT_BYTES = 2_000;

export function createAskStore({ ask: exchange, whereIs }: Pick<Exchange, 'ask' | 'whereIs'>): AskStore {
  let method: Method = 'POST';
  /** The longest question that the way is known to be too narrow for, less a good part. */
  let maxBytes = Number.POSITIVE_INFINITY;

  async function byAnyMethod<T>(ask: Ask<T>): Promise<Answer<T>> {
    const answer = await exchange(method, ask);
    if (method === 'GET' || !mayBeTheMethod(answer)) return answer;
    const other = await exchange('GET', ask);
    // Whoever finds the address too long has let GET through.
    if ((!isEnvelope(other) && !isTooLong(other)) || wasEmptied(other)) return answer;
    method = 'GET';
    return other;
  }

  async function inParts<T>(ask: Ask<T>): Promise<Answer<T>[]> {
    const text = ask.form.get('query') ?? '';
    const fits = (part: string) => bytesOf(withQuery(ask, part)) <= maxBytes;
    const parts = splitQuestion(text, fits);
    if (fits(text) || parts.length === 1) {
      const answer = await byAnyMethod(ask);
      if (!isTooLong(answer)) return [answer];
      if (answer.sentBytes < SHORT_BYTES || splitQuestion(text, () => false).length === 1)
        throw tooLong(answer, whereIs(ask.path));
      maxBytes = Math.min(maxBytes, Math.floor(answer.sentBytes * 0.7));
      return inParts(ask);
    }
    const answers: Answer<T>[] = [];
    for (const part of parts) answers.push(...(await inParts(withQuery(ask, part))));
    return answers;
  }

  function tooLong({ status, sentBytes }: Answer<unknown>, where: string): SourceError {
    const isPost = method === 'POST';
    return new SourceError({
      source: 'prometheus',
      kind: 'too-much',
      message: `${where} answered ${status} to a question of ${sentBytes} bytes in the ${isPost ? 'body' : 'address'}`,
      remedy: isPost
        ? 'a proxy in front allows too little: raise its limit for request bodies'
        : 'a proxy in front lets only GET through, and takes no longer addresses: raise its limit for the request line (of nginx: large_client_header_buffers 4 16k), or let POST through to …/api/v1/query',
      status,
    });
  }

  return {
    async ask(ask) {
      const answers = await inParts(ask);
      const where = whereIs(ask.path);
      const warnings = answers.flatMap((answer) => {
        const refused = refusal(answer, where);
        if (refused) throw refused;
        return readEnvelope(answer, answer.status, where);
      });
      return { parts: answers.map(({ rows }) => rows), warnings: [...new Set(warnings)] };
    },
  };
}

/** Gateways say it in many ways: 405 and 501, 403 of a rule that knows only reading, 400 or 500 without the store's words. */
function mayBeTheMethod(answer: Answer<unknown>): boolean {
  const { status } = answer;
  if (status === 405 || status === 501 || wasEmptied(answer)) return true;
  const isMoved = status >= 300 && status < 400;
  return !isEnvelope(answer) && !isMoved && !NOT_THE_METHOD.includes(status) && !TOO_LONG.includes(status);
}

/** The store was asked nothing: something on the way keeps the bodies of posts. */
function wasEmptied({ status, json }: Answer<unknown>): boolean {
  const { error } = (json ?? {}) as { readonly error?: unknown };
  return (
    (status === 400 || status === 422) &&
    /no expression found|missing (required )?.{0,20}query|query.{0,20}(is |be )?(empty|missing|required|provided)/i.test(
      String(error ?? ''),
    )
  );
}

function isTooLong(answer: Answer<unknown>): boolean {
  if (TOO_LONG.includes(answer.status)) return true;
  // Some say no more than 400.
  return answer.status === 400 && !isEnvelope(answer) && answer.sentBytes > 4_000;
}

function withQuery<T>(ask: Ask<T>, query: string): Ask<T> {
  const form = new URLSearchParams(ask.form);
  form.set('query', query);
  return { ...ask, form };
}

function bytesOf({ path, form }: Ask<unknown>): number {
  return path.length + form.toString().length;
}
