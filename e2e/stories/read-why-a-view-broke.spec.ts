import { expect, test } from '../stack.ts';

// What an old browser lacks is taken away from this one before the page loads.

test('a developer whose browser lacks something reads what broke, and the other views go on', async ({
  page,
}) => {
  await page.addInitScript(`
    const { observe } = ResizeObserver.prototype;
    ResizeObserver.prototype.observe = function (element) {
      if (element instanceof SVGElement) throw new TypeError('this browser measures no drawings');
      observe.call(this, element);
    };
  `);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'This view broke while it was drawn' })).toBeVisible();
  await expect(page.getByText('TypeError: this browser measures no drawings')).toBeVisible();
  await page.getByRole('link', { name: 'Workloads' }).click();
  await expect(page.getByRole('table').first()).toBeVisible();
});

test('a browser that cannot read the scripts is told what it needs', async ({ page }) => {
  await page.route('**/assets/*.js', (route) => route.fulfill({ body: '', contentType: 'text/javascript' }));
  await page.goto('/');
  await expect(page.getByText(/needs Chrome or Edge 111, Firefox 115, Safari 16\.4/)).toBeVisible({
    timeout: 15_000,
  });
});

test('a page that cannot start says so at once', async ({ page }) => {
  await page.addInitScript('delete window.WebSocket');
  await page.goto('/');
  await expect(page.getByRole('alert').filter({ hasText: 'Latchwork could not start' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load the page again' })).toBeVisible();
});
