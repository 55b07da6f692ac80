// Error → reply, the only place: what the asker should change, which source failed, or nothing but "look at the log".

import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyError, FastifyInstance } from 'fastify';
import { BadParam } from './contract/bad-param.ts';
import { ContractBreach } from './contract/contract-breach.ts';
import { TooBusy } from './feeds/too-busy.ts';
import { UnknownWorkload } from './feeds/unknown-workload.ts';
import { EmbedRefusal } from './security/links/embed-refusal.ts';
import { redactedUrl } from './security/redacted-url.ts';
import { Refusal } from './security/refusal.ts';
import { SourceError } from './sources/source-error.ts';

export interface Reply {
  readonly status: number;
  readonly problem: Problem;
  /** When it is worth asking again. */
  readonly againSeconds?: number;
}

export function toReply(error: unknown): Reply {
  if (error instanceof BadParam) {
    const { message, field, value, allowed } = error;
    return { status: 400, problem: { error: 'bad-parameter', message, field, value, allowed } };
  }
  if (error instanceof UnknownWorkload)
    return { status: 404, problem: { error: 'unknown-workload', message: error.message } };
  if (error instanceof EmbedRefusal) {
    const { status, fault, message, remedy } = error;
    return { status, problem: { error: `embed-${fault}`, message, remedy } };
  }
  if (error instanceof Refusal) {
    const { message, remedy } = error;
    return { status: 403, problem: { error: 'not-allowed', message, remedy } };
  }
  if (error instanceof TooBusy) {
    const { message, remedy, againSeconds } = error;
    return { status: 503, problem: { error: 'too-busy', message, remedy }, againSeconds };
  }
  if (error instanceof SourceError) {
    const { kind, message, source, remedy } = error;
    return {
      status: kind === 'timed-out' ? 504 : 502,
      problem: { error: `source-${kind}`, message, source, ...(remedy ? { remedy } : {}) },
    };
  }
  if (error instanceof ContractBreach)
    return { status: 500, problem: { error: 'contract-breach', message: error.message } };
  const { statusCode, message, code } = (error ?? {}) as Partial<FastifyError>;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, problem: { error: code ?? 'bad-request', message: message ?? '' } };
  return { status: 500, problem: { error: 'internal', message: 'this server failed; its log says how' } };
}

/** For those who see a part of the mesh: what a source says of itself names addresses, and what they may not see. */
export function withoutWords(error: unknown): unknown {
  if (error instanceof SourceError)
    return new SourceError({
      source: error.source,
      kind: error.kind,
      message: 'the source of this does not answer as it should',
      remedy: 'it comes back by itself; the log of this server says why',
    });
  return error instanceof ContractBreach ? null : error;
}

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, problem, againSeconds } = toReply(request.seesAll ? error : withoutWords(error));
    if (againSeconds !== undefined) reply.header('retry-after', String(againSeconds));
    if (error instanceof Refusal)
      request.server.record.note('access-refused', request.viewer?.id ?? null, { why: error.message });
    if (status === 500) request.log.error({ err: error, url: redactedUrl(request.url) }, 'a request failed');
    else if (status > 500 && againSeconds === undefined)
      request.log.warn({ err: error, url: redactedUrl(request.url) }, 'a source did not answer');
    return reply.code(status).type('application/json').send(problem);
  });
}
