// What stands in a view's bar, wherever the bar has room for it: in itself, or in its menu.

import type { Locator, Page } from '@playwright/test';

/** Opens the menu when it is in there. */
export async function inBar(page: Page, name: string): Promise<Locator> {
  const bar = page.locator('.view-bar');
  const control = bar.getByRole('button', { name, exact: true });
  const group = bar.getByRole('group', { name, exact: true });
  if (!(await control.or(group).first().isVisible()))
    await bar.getByRole('button', { name: /^More/ }).click();
  return control;
}

/** Something of a list in the bar: the list opens first, or stands unfolded in the menu. */
export async function chooseInBar(page: Page, list: string, choice: string): Promise<void> {
  const button = await inBar(page, list);
  const item = page.locator('.view-bar').getByRole('button', { name: choice });
  await button.or(item).first().waitFor();
  if (!(await item.isVisible())) await button.click();
  await item.click();
}
