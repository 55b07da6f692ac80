// Bytes in any pieces → lines of text. What comes after the last line break was cut off, and is dropped.

import { kubernetesError } from './kubernetes-error.ts';

/** A single object of Kubernetes is at most about 1.5 MB. */
const LIMIT_CHARACTERS = 4 << 20;

export async function* toLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let held = 0;
  for await (const bytes of body) {
    const parts = decoder.decode(bytes, { stream: true }).split('\n');
    for (const [index, part] of parts.entries()) {
      pieces.push(part);
      held += part.length;
      if (held > LIMIT_CHARACTERS)
        throw kubernetesError('too-much', 'a watch sent a line of more than 4 MB', {
          remedy: 'check that the URL in the kubeconfig is that of the API server',
        });
      if (index === parts.length - 1) continue;
      const line = pieces.join('');
      pieces = [];
      held = 0;
      if (line !== '') yield line;
    }
  }
}
