// The words of the Graph view, as a reader (or a screen reader) has them.

import { expect, type Locator, type Page } from '@playwright/test';

export class GraphPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the view and waits for the mesh: after a cold start the first scrapes take a moment. */
  async open(search = ''): Promise<void> {
    await this.page.goto(`/${search}`);
    await expect(this.card('gangway')).toBeVisible({ timeout: 30_000 });
  }

  card(name: string): Locator {
    return this.page
      .getByRole('group', { name: 'Service graph' })
      .getByRole('button', { name: new RegExp(`^${name}, `) });
  }

  /** An edge, by the accessible names of its ends. */
  edge(from: string, to: string): Locator {
    return this.page
      .getByRole('group', { name: 'Service graph' })
      .getByRole('button', { name: new RegExp(`^${from}( in \\S+)? to ${to}( in \\S+)?,`) })
      .first();
  }

  get drawer(): Locator {
    return this.page.getByRole('complementary');
  }

  async openEdge(from: string, to: string): Promise<void> {
    await this.edge(from, to).dispatchEvent('click');
    await expect(this.drawer).toBeVisible();
  }
}
