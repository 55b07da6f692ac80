// Asks the server for a signed link.

import type { EmbedLink, EmbedLinkRequest } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import { askServer } from '../../../live/ask-server.ts';

/** Throws a sentence for the reader. `base` is that of the page. */
export function signLink(
  wanted: EmbedLinkRequest,
  base: string,
  fetchFrom?: typeof fetch,
): Promise<EmbedLink> {
  const ask = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  };
  return askServer<EmbedLink>(PATHS.embedLink, base, ask, fetchFrom);
}
