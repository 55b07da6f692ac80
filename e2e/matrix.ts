// The words of the matrix, as a reader (or a screen reader) has them.

import { expect, type Locator, type Page } from '@playwright/test';

export class MatrixPage {
  readonly page: Page;
  readonly grid: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: /^Matrix of calls/ });
  }

  async open(search: string): Promise<void> {
    await this.page.goto(`/${search}`);
    await expect(this.grid).toBeAttached({ timeout: 30_000 });
  }

  /** The cell that the keys are at: what is read aloud. */
  async current(): Promise<string> {
    const id = await this.grid.getAttribute('aria-activedescendant');
    return (await this.page.locator(`[id="${id}"]`).textContent()) ?? '';
  }

  async rows(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount'));
  }

  get #scroller(): Locator {
    return this.page.getByRole('group', { name: 'Matrix', exact: true });
  }

  /** From the top. */
  scrolledPx(): Promise<number> {
    return this.#scroller.evaluate((element) => element.scrollTop);
  }

  scroll(topPx: number): Promise<void> {
    return this.#scroller.evaluate((element, top) => element.scrollTo({ top }), topPx);
  }

  get drawer(): Locator {
    return this.page.getByRole('complementary');
  }
}
