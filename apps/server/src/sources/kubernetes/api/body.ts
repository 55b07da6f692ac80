// The body of an answer of the API server: its pieces, with errors in plain words, and its text within bounds.

import { toConnectionError } from './connection-error.ts';
import { kubernetesError } from './kubernetes-error.ts';

interface Ask {
  readonly signal?: AbortSignal;
}

export async function readText(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  ask: Ask,
  server: string,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of withPlainErrors(body, ask, server)) {
    bytes += piece.length;
    if (bytes > maxBytes)
      throw kubernetesError('too-much', `${server} answered more than ${maxBytes >> 20} MB at once`, {
        remedy: 'use an identity that sees fewer objects',
      });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

export async function* withPlainErrors(
  body: AsyncIterable<Uint8Array>,
  ask: Ask,
  server: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    ask.signal?.throwIfAborted();
    throw toConnectionError(error, server);
  }
}
