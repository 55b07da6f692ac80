// Why no numbers are known: what keeps the questions to the store from being answered, which may be the store or the way there.

import type { Parts } from '@latchwork/shared/parts';

export const NO_NUMBERS = 'No numbers are known';

/** Parts that Kubernetes answers, and what the store says of itself, keep nobody from numbers. */
const OTHERS = /^(kubernetes:|store$|rules$)/;

/** One reason is enough, for they all ask the same source; null where they are answered. */
export function storeFailure(parts: Parts): string | null {
  return (
    Object.entries(parts).find(([name, { state }]) => state !== 'fresh' && !OTHERS.test(name))?.[1].message ??
    null
  );
}
