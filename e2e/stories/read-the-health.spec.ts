import { execFile } from 'node:child_process';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Stack, test } from '../stack.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'apps', 'server', 'src', 'main.ts');
/** A look at health is kept for a few seconds, and the page looks again every half minute. */
const SOON = { timeout: 60_000 };

test('an issuer that is about to expire is seen in time, with what to do', async ({ page, stack }) => {
  await stack.turn('/issuer?days=21');
  await expect
    .poll(async () => {
      const answer = await page.request.get('/api/checks');
      const { checks } = (await answer.json()) as { checks: { id: string; state: string }[] };
      return checks.find(({ id }) => id === 'l5d-identity-issuer-cert-not-expiring-soon')?.state;
    }, SOON)
    .toBe('warning');
  await page.goto('/?view=health');
  const certificates = page.getByRole('region', { name: 'Certificates' });
  await expect(certificates.getByText(/^expires on .*, in 2[01] days/)).toBeVisible(SOON);
  await expect(certificates.getByText(/Rotate the issuer before then/)).toBeVisible();
  await expect(certificates.getByText(/linkerd upgrade --identity-issuer-certificate-file/)).toBeVisible();
  // What is well is told in one line, and opens by key.
  const rest = page.getByText(/checks of Linkerd are well$/).first();
  await rest.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'Data plane proxy metrics are present in Prometheus' }),
  ).toBeVisible();
});

test('an empty row is asked why, and has its number back when the remedy is followed', async ({
  page,
  stack,
}) => {
  await stack.turn('/scrape/harbour/timetable-canary?mode=hidden');
  await page.goto('/?view=workloads&window=10s&selected=harbour/deployment/timetable-canary');
  const drawer = page.getByRole('complementary', { name: /^timetable-canary/ });
  const why = drawer.getByRole('button', { name: 'Why is there no data?' });
  // Until the window has passed, the numbers of before are there.
  await expect(async () => {
    if ((await why.getAttribute('aria-expanded', { timeout: 2_000 })) === 'false') await why.click();
    await expect(drawer.getByText('Its proxy is not scraped')).toBeVisible({ timeout: 8_000 });
  }).toPass(SOON);
  await expect(
    drawer.getByText(/whether the scrape configuration leaves out namespace harbour/),
  ).toBeVisible();
  await expect(drawer.getByText('It had traffic in the window')).toBeVisible();
  await stack.turn('/scrape/harbour/timetable-canary?mode=ok');
  await expect(drawer.getByText('Rate', { exact: true })).toBeVisible(SOON);
  await expect(why).toBeHidden();
});

test('a pipeline stops when a check fails, and goes on when it is mended', async ({ stack }) => {
  const check = () => run(stack, ['check', '-n', 'harbour', '-o', 'short']);
  await expect.poll(async () => (await check()).code, SOON).toBe(0);
  await stack.prometheus('refuse');
  await expect.poll(async () => (await check()).code, SOON).toBe(1);
  const { out } = await check();
  expect(out).toMatch(/\n×|^×/m);
  expect(out).toContain('Prometheus answers');
  const doctor = await run(stack, ['doctor', 'harbour/deploy/web']);
  expect(doctor.code).toBe(1);
  expect(doctor.out).toContain('Prometheus does not answer');
  await stack.prometheus('pass');
  await expect.poll(async () => (await check()).code, SOON).toBe(0);
});

for (const scheme of ['light', 'dark'] as const)
  test(`nothing of it is out of reach for a screen reader (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto('/?view=health&why=yard/deployment/depot');
    await expect(page.getByText('It has no proxy')).toBeVisible(SOON);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
  });

function run(stack: Stack, args: readonly string[]): Promise<{ code: number; out: string }> {
  const env = { ...process.env, LANG: 'C.UTF-8' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args, '--url', stack.url], { env }, (_error, out) =>
      resolve({ code: child.exitCode ?? -1, out }),
    );
  });
}
