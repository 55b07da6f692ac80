import type { Graph } from '@latchwork/shared/graph';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

interface Expected {
  edges: { source: string; target: string; lock: string }[];
}

test('an operator sees who calls whom, which edges are not locked, and why', async ({ page, stack }) => {
  const graph = new GraphPage(page);
  await graph.open();

  await expect(page.getByText('Demo data.')).toBeVisible();
  await expect(graph.edge('gangway', 'web')).toHaveAccessibleName(/requests a second.*, secured/);
  await expect(graph.edge('tracker', 'positions')).toHaveAccessibleName(/percent secured/);
  await expect(graph.edge('tracker', 'depot')).toHaveAccessibleName(/not secured, plaintext/);
  await expect(graph.edge('web', 'souvenirs')).toHaveAccessibleName(/never reached an endpoint/);
  await expect(graph.edge('nightly-report', 'tickets')).toHaveAccessibleName(/refused by policy/);

  await graph.openEdge('tracker', 'depot');
  await expect(graph.drawer).toContainText('not_provided_by_service_discovery');
  // Kubernetes leaves no doubt about the cause, so it is not one of several.
  await expect(graph.drawer).toContainText('depot has no proxy');
  await expect(graph.drawer).toContainText('kubectl annotate namespace yard linkerd.io/inject=enabled');
  await expect(graph.drawer).not.toContainText('It can be one of these');

  await page.keyboard.press('Escape');
  await expect(graph.drawer).toBeHidden();

  // The same truth for scripts, lock by lock, as the simulated mesh means them.
  const expected = (await (await fetch(`${stack.control}/state?window=60`)).json()) as Expected;
  const found = (await (await page.request.get('/api/graph')).json()) as Graph;
  const locks = new Map(found.edges.map(({ source, target, lock }) => [`${source} → ${target}`, lock.state]));
  const wrong = expected.edges
    .filter(({ source, target }) => locks.has(`${source} → ${target}`))
    .filter(({ source, target, lock }) => locks.get(`${source} → ${target}`) !== lock);
  expect(wrong).toEqual([]);
  expect(locks.size).toBeGreaterThan(20);
});
