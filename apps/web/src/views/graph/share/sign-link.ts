// Asks the server for a signed link.

import type { EmbedLink, EmbedLinkRequest } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';

/** Throws a sentence for the reader. `base` is that of the page. */
export async function signLink(
  wanted: EmbedLinkRequest,
  base: string,
  fetchFrom: typeof fetch = fetch,
): Promise<EmbedLink> {
  const answer = await fetchFrom(new URL(`.${PATHS.embedLink}`, base), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  }).catch(() => null);
  if (!answer) throw new Error('the server does not answer');
  if (answer.ok) return (await answer.json()) as EmbedLink;
  const { message, remedy } = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  throw new Error([message ?? `the server answered ${answer.status}`, remedy].filter(Boolean).join(': '));
}
