import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

/** A window of ten seconds holds so few requests that the card may count them instead of giving a share. */
const WELL = / (100|99\.\d+) percent success|, all \d+ succeeded/;

test('an operator sees a workload start to fail, without reloading', async ({ page, stack }) => {
  const graph = new GraphPage(page);
  await graph.open('?window=10s');
  await expect(graph.card('timetable')).toHaveAccessibleName(WELL);
  await page.evaluate("document.documentElement.dataset.kept = 'yes'");

  await stack.fail('harbour', 'timetable', 0.6);

  await expect(graph.card('timetable')).toHaveAccessibleName(/ [1-8]?\d(\.\d+)? percent success/);
  await expect(graph.edge('web', 'timetable')).toHaveAccessibleName(/ [1-8]?\d(\.\d+)? percent success/);
  expect(await page.evaluate('document.documentElement.dataset.kept')).toBe('yes');

  await stack.reset();
  await expect(graph.card('timetable')).toHaveAccessibleName(WELL, {
    timeout: 30_000,
  });
});
