import { fireEvent, screen } from '@testing-library/svelte';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadPictureMaker } from './canvas/arranging/picture-maker.ts';
import { drawnLines, stage } from './test-data/stage.ts';

// As after an upgrade: the files of this page are gone.
const { gone } = vi.hoisted(() => ({
  gone: () => {
    throw new Error('Failed to fetch dynamically imported module');
  },
}));
vi.mock('./table/GraphTable.svelte', gone);
vi.mock('./drawer/SelectionDrawer.svelte', gone);
vi.mock('./find/find-in-graph.ts', gone);
vi.mock('@latchwork/figures/chosen-figure', gone);

const WORDS = /part of the page did not load/;

beforeAll(() => loadPictureMaker());
beforeEach(() => window.history.replaceState(null, '', '/'));

describe('GraphView without what it loads on demand', () => {
  it('says in the place of a shape that this did not load', async () => {
    stage('?shape=table');
    expect(await screen.findByRole('heading', { name: WORDS })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Load the page again' })).toBeTruthy();
  });

  it('says what is coming until a shape is loaded', async () => {
    stage('?shape=matrix');
    expect(screen.getByText('The numbers are here, the matrix is being made.')).toBeTruthy();
  });

  it('says instead of the drawer that this did not load, and closes it', async () => {
    const { location } = stage('');
    await drawnLines();
    await fireEvent.click(screen.getByRole('button', { name: /^web to cart/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(WORDS);
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(location.place.selected).toBeNull();
  });

  it('shows all of a graph whose filter cannot be asked, and says so', async () => {
    stage('?filter=lock:plaintext&found=only');
    const told = await screen.findAllByText('What finds in the graph did not load, so all of it is shown.');
    expect(told).toHaveLength(1);
    expect(await screen.findByRole('group', { name: 'Service graph' })).toBeTruthy();
  });

  it('says that labels show the rate where another figure cannot be told', async () => {
    stage('?figure=p95');
    expect((await screen.findByRole('alert')).textContent).toMatch(/labels show the rate/);
  });
});
