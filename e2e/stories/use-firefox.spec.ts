import { findFirefox, openFirefox } from '../firefox.ts';
import { expect, test } from '../stack.ts';

// The main story in the other engine: whatever the page needs of a browser, this one has it too.
test('an operator with Firefox sees who calls whom, opens an open lock, and goes on to the workloads', async ({
  stack,
}) => {
  const binary = await findFirefox();
  test.info().skip(binary === null && !process.env['CI'], 'there is no Firefox on this machine');
  if (binary === null)
    throw new Error('CI needs a Firefox: the package firefox-esr, or LATCHWORK_FIREFOX_BINARY');
  const browser = await openFirefox(binary);
  try {
    const page = await browser.newPage();
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(String(error)));
    await page.goto(stack.url);
    const card = (name: string) =>
      page.locator(`g[role="button"][aria-label^="${name}, "], a[aria-label^="${name}, "]`);
    await card('gangway').setTimeout(40_000).wait();
    const edge = `document.querySelector('[aria-label^="tracker in fleet to depot in yard,"]')`;
    await page.waitForFunction(`/not secured, plaintext/.test(${edge}?.getAttribute('aria-label'))`);
    await page.evaluate(
      `${edge}.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))`,
    );
    await page.locator('::-p-text(depot has no proxy)').setTimeout(20_000).wait();
    await page.locator('::-p-aria([name="Workloads"][role="link"])').click();
    await page.locator('::-p-aria([role="row"]) ::-p-text(gangway)').setTimeout(20_000).wait();
    expect(broken).toEqual([]);
  } finally {
    await browser.close();
  }
});
