// A list of the API server, page by page: its items are handed out as they come. Knows no kinds.

import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from './client.ts';
import { rawOf, textOr, wholeOr } from './raw.ts';

export interface PagesOptions {
  readonly pageSize: number;
  readonly onItem: (item: unknown) => void;
  /** Everything comes again: what was handed out counts no more. */
  readonly onRestart: () => void;
  /** After each page but the last: how many items are still to come, where the API server says so. */
  readonly onRemaining?: (items: number) => void;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** So many are read as fast as they come: thousands of objects. After them, half of the time is for others. */
const PAGES_AT_ONCE = 10;

/** Gives the resource version of the whole. */
export async function readPages(
  client: Pick<KubernetesClient, 'items'>,
  path: string,
  { pageSize, onItem, onRestart, onRemaining, ...ask }: PagesOptions,
): Promise<string> {
  let rest = '';
  let limit = `limit=${pageSize}`;
  for (let pages = 1; ; pages += 1) {
    const startedMs = performance.now();
    let page: unknown;
    try {
      page = await client.items(`${path}?${limit}${rest}`, onItem, ask);
    } catch (error) {
      // The pages belonged to a moment that the server has forgotten: one whole answer instead.
      if (rest === '' || !(error instanceof SourceError && error.status === 410)) throw error;
      onRestart();
      rest = '';
      limit = 'resourceVersion=0';
      continue;
    }
    const meta = rawOf(rawOf(page)['metadata']);
    const next = textOr(meta['continue'], '');
    if (next === '') return textOr(meta['resourceVersion'], '0');
    const remaining = wholeOr(meta['remainingItemCount'], 0);
    if (remaining > 0) onRemaining?.(remaining);
    if (pages >= PAGES_AT_ONCE)
      await sleep(performance.now() - startedMs, undefined, ask.signal ? { signal: ask.signal } : {});
    rest = `&continue=${encodeURIComponent(next)}`;
  }
}
