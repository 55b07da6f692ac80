// Why no numbers are known: what keeps the questions to the store from being answered, which may be the store or the way there.

import type { Parts } from '@latchwork/shared/parts';

export const NO_NUMBERS = 'No numbers are known';

/** Parts that Kubernetes answers, and what the store says of itself, keep nobody from numbers. */
const OTHERS = /^(kubernetes:|store$|rules$)/;

/** Why the question of this part has no answer of now; null where it has, or was not asked yet. */
export function partFailure(parts: Parts | undefined, name: string): string | null {
  const part = parts?.[name];
  return part === undefined || part.state === 'fresh' ? null : (part.message ?? 'Prometheus did not answer');
}

/** One reason is enough, for they all ask the same source; null where they are answered. */
export function storeFailure(parts: Parts): string | null {
  return (
    Object.entries(parts).find(([name, { state }]) => state !== 'fresh' && !OTHERS.test(name))?.[1].message ??
    null
  );
}
