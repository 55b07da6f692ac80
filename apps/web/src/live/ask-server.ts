// Asks the server for one thing, once, outside of the socket.

import type { Problem } from '@latchwork/shared/problems/problem';

/** Throws a sentence for the reader. `path` as the contract has it, `base` that of the page. */
export async function askServer<T>(
  path: string,
  base: string,
  ask: RequestInit = {},
  fetchFrom: typeof fetch = fetch,
): Promise<T> {
  const answer = await fetchFrom(new URL(`.${path}`, base), ask).catch(() => null);
  if (!answer) throw new Error('the server does not answer');
  if (answer.ok) return (await answer.json()) as T;
  const { message, remedy } = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  throw new Error([message ?? `the server answered ${answer.status}`, remedy].filter(Boolean).join(': '));
}
