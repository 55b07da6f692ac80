// Why no socket opened, asked over plain HTTP: browsers hide the answer to a WebSocket's handshake.

import { PATHS } from '@latchwork/shared/paths';
import type { Problem } from '@latchwork/shared/problems/problem';

export interface Refusal {
  readonly kind: 'session-over' | 'forbidden' | 'sandboxed' | 'no-upgrade' | 'failing';
  /** One sentence each. */
  readonly message: string;
  readonly remedy: string;
  /** Whether loading the page anew is what helps. */
  readonly reload: boolean;
}

const SESSION_OVER: Refusal = {
  kind: 'session-over',
  message: 'Your session has ended.',
  remedy: 'Load the page again to sign in.',
  reload: true,
};
const SANDBOXED: Refusal = {
  kind: 'sandboxed',
  message: 'This frame is sandboxed, so the page in it has no origin, and the server turns it away.',
  remedy:
    'Add allow-same-origin to the sandbox attribute of the frame, or frame /embed/graph with a signed link.',
  reload: false,
};
const NO_UPGRADE: Refusal = {
  kind: 'no-upgrade',
  message: 'A proxy in between lets no WebSocket pass.',
  remedy:
    'The page asks over plain HTTP instead; let the proxy pass Upgrade and Connection for less traffic.',
  reload: false,
};

/** Null: nothing answers at all. `base` is that of the page, `origin` the page's own ("null" in a sandbox). */
export async function askRefusal(
  base: string,
  origin: string,
  fetchFrom: typeof fetch = fetch,
): Promise<Refusal | null> {
  const answer = await fetchFrom(new URL(`.${PATHS.about}`, base), {
    redirect: 'manual',
    cache: 'no-store',
    headers: { accept: 'application/json' },
  }).catch(() => null);
  if (!answer) return origin === 'null' ? SANDBOXED : null;
  if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400)) return SESSION_OVER;
  if (answer.status === 401) return SESSION_OVER;
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
  const problem = isJson ? ((await answer.json().catch(() => null)) as Partial<Problem> | null) : null;
  // A login that is shown in place of what was asked for, with a status that says all is well.
  if (answer.ok) return isJson && problem ? NO_UPGRADE : SESSION_OVER;
  const message = problem?.message
    ? `The server refuses: ${problem.message}.`
    : `${answer.status === 403 ? 'You may not see this page' : 'What stands in front of the server is in trouble'}: it answers ${answer.status}.`;
  const remedy = problem?.remedy ? `${capital(problem.remedy)}.` : 'It is tried again by itself.';
  return {
    kind: answer.status === 403 ? 'forbidden' : 'failing',
    message,
    remedy,
    reload: answer.status === 403,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
