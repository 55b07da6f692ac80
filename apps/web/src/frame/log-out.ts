// Ends the login in this browser, and says where to go then: to the issuer's own end, or back to the login.

import { PATHS } from '@latchwork/shared/paths';

/** `base` is that of the page. Null: the server did not answer. */
export async function logOut(base: string, fetchFrom: typeof fetch = fetch): Promise<string | null> {
  // Not a form: a page without a referrer sends one from nowhere, and that is refused.
  const answer = await fetchFrom(new URL(`.${PATHS.logout}`, base), {
    method: 'POST',
    headers: { accept: 'application/json' },
  }).catch(() => null);
  if (!answer?.ok) return null;
  const { ended } = (await answer.json()) as { ended: string | null };
  return ended ?? base;
}
