// One question to the server: what it says of itself once it knows all of it. `base` is that of the page, so that a sub-path works.

import type { About } from '@latchwork/shared/about';
import { PATHS } from '@latchwork/shared/paths';

export async function askAbout(base: string, fetchFrom: typeof fetch = fetch): Promise<About> {
  const answer = await fetchFrom(new URL(`.${PATHS.about}`, base));
  if (!answer.ok) throw new Error(`the server answers ${answer.status} when asked about itself; try again`);
  // Checked by the server against the contract before it was sent.
  return (await answer.json()) as About;
}
