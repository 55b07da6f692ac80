// A line whose middle only the server can write: the graph of now as text.

import { MERMAID } from './wikis.ts';

/** Throws a sentence for the reader. */
export async function fillIn(text: string, url: string, fetchFrom: typeof fetch = fetch): Promise<string> {
  const answer = await fetchFrom(url).catch(() => null);
  if (!answer?.ok)
    throw new Error(
      answer
        ? `The server gives no text of the graph: it answers ${answer.status}.`
        : 'The server does not answer.',
    );
  const graph = await answer.text();
  // A function: a replacement text would read `$&` and the like.
  return text.replace(MERMAID, () => graph);
}
