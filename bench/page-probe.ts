// What a page tells of itself while it works; the other end of page-probe.js.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Task } from './page-work.ts';

const POLL_MS = 100;
const TYPING_MS = 80;

export interface PageFacts {
  /** Milliseconds since navigation; null when it has not happened. */
  readonly dataMs: number | null;
  readonly pictureMs: number | null;
  /** Of the main thread, those of 50 ms and more since the last reading. */
  readonly tasks: readonly Task[];
  /** Messages with values, whole or changed, since the last reading. */
  readonly refreshes: number;
}

export function watchPage(page: Page): Promise<unknown> {
  return page.addInitScript({ path: join(import.meta.dirname, 'page-probe.js') });
}

/** Whether there was one by then. */
export function untilPicture(page: Page, withinMs: number): Promise<boolean> {
  return until(page, 'probe.facts.pictureMs !== null', withinMs);
}

export function untilRefreshed(page: Page, times: number, withinMs: number): Promise<boolean> {
  return until(page, `probe.facts.refreshes >= ${times}`, withinMs);
}

/** From out here: the page's own security policy lets no text become a script. */
async function until(page: Page, condition: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await page.evaluate<boolean>(condition)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

export function readPage(page: Page): Promise<PageFacts> {
  return page.evaluate<PageFacts>('probe.read()');
}

export function heapMb(page: Page): Promise<number> {
  return page.evaluate<number>('probe.heapMb()');
}

/** Frames a second while the picture is dragged about. */
export async function framesWhilePanning(page: Page, forMs: number): Promise<number> {
  const size = page.viewportSize() ?? { width: 1440, height: 900 };
  const [x, y] = [size.width / 2, size.height - 60];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = page.evaluate<number>(`probe.frames(${forMs})`);
  const ends = Date.now() + forMs;
  for (let step = 0; Date.now() < ends; step++)
    await page.mouse.move(x + 150 * Math.sin(step / 7), y - 120 + 110 * Math.cos(step / 9));
  await page.mouse.up();
  return frames;
}

/** Opens what stands for a workload or a namespace, goes back, selects it, looks for one and back. */
export async function walk(page: Page, pauseMs: number): Promise<void> {
  const card = page.locator('[data-card][role="button"]').first();
  for (const key of ['Enter', ' ']) {
    await card.focus();
    await page.keyboard.press(key);
    await sleep(pauseMs);
    await page.keyboard.press('Escape');
    await sleep(pauseMs);
  }
  await page.keyboard.press('/');
  await page.keyboard.type('service-1', { delay: TYPING_MS });
  await sleep(pauseMs);
  await page.keyboard.press('Escape');
}

const SHAPES = {
  matrix: { key: 'm', scroller: '[aria-label="Matrix"]' },
  table: { key: 't', scroller: ':has(> table[aria-label="Edges"])' },
} as const;

/** Frames a second while another shape of the graph is scrolled, with nothing folded; null when it did not come. */
export async function framesInShape(
  page: Page,
  shape: keyof typeof SHAPES,
  forMs: number,
  withinMs: number,
): Promise<number | null> {
  const { key, scroller } = SHAPES[shape];
  await page.keyboard.press(key);
  if (!(await until(page, `document.querySelector('${scroller}') !== null`, withinMs))) return null;
  const folded = page.getByRole('link', { name: 'Unfold all' });
  if ((await folded.count()) > 0) {
    await folded.click();
    await page.getByRole('link', { name: 'Fold all', exact: true }).waitFor({ timeout: withinMs });
  }
  return page.evaluate<number>(`probe.framesScrolling('${scroller}', ${forMs})`);
}
