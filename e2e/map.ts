// The words of the map of namespaces and of what opens from it, as a reader (or a screen reader) has them.

import type { Locator, Page } from '@playwright/test';

export class MapPage {
  readonly page: Page;
  readonly map: Locator;
  readonly picture: Locator;
  /** Where one is: the way from all namespaces to what is open. */
  readonly trail: Locator;

  constructor(page: Page) {
    this.page = page;
    this.map = page.getByRole('group', { name: 'Map of namespaces' });
    this.picture = page.getByRole('group', { name: 'Service graph' });
    this.trail = page.getByRole('navigation', { name: 'Where you are' });
  }

  get cards(): Locator {
    return this.map.locator('[data-card]');
  }

  /** Drawn lines of all cards, or those that begin or end at the one of this name. */
  lines(name?: string): Locator {
    const words = name === undefined ? / to / : new RegExp(`^(${name} to |.* to ${name},)`);
    return this.map.getByRole('button', { name: words });
  }

  card(name: string): Locator {
    return this.map.getByRole('button', { name: new RegExp(`^${name},(?! .* to )`) });
  }

  /** Which lines are drawn: Strong, Problems or All. */
  choice(name: string): Locator {
    return this.page.getByRole('group', { name: 'Lines' }).getByRole('button', { name, exact: true });
  }

  /** A team that stands folded beside what is open: the platform has so many callers that most of them are one card. */
  neighbour(): Locator {
    return this.picture.getByRole('button', { name: /^team-\S+, folded namespace/ }).first();
  }

  /** As the strip says it: from all namespaces to what is open. */
  async steps(): Promise<string[]> {
    return ((await this.trail.textContent()) ?? '').split('›').map((step) => step.trim());
  }
}
