// Carries the body of a tap to the aggregated API with the identity in use, and hands back the stream as it comes. Decodes nothing.

import type { KubernetesClient } from './api/client.ts';

/** The same shape as the tap source asks for: sources are strangers to one another. */
export interface TapStream {
  readonly status: number;
  header(name: string): string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

export function createTapTransport(
  client: KubernetesClient,
): (path: string, body: Uint8Array, signal: AbortSignal) => Promise<TapStream> {
  return async (path, body, signal) => {
    const answer = await client.stream(path, {
      method: 'POST',
      body,
      signal,
      contentType: 'application/octet-stream',
      timeoutMs: 0, // an answer begins with the first request that is tapped, which may be never
    });
    return {
      status: answer.status,
      header(name) {
        const value = answer.headers[name];
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
      body: answer.body,
    };
  };
}
