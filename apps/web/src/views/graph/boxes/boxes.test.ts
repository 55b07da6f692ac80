import type { Labels } from '@latchwork/shared/labels';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { HOME } from '../../../location/place.ts';
import { loadPictureMaker } from '../canvas/arranging/picture-maker.ts';
import { stage, type TellLabels } from '../test-data/stage.ts';
import { STEADY } from '../test-data/steady.ts';
import { boxesChange } from './boxes-change.ts';

const TEAMS = {
  'storefront/deployment/web': 'shopping',
  'storefront/deployment/cart': 'shopping',
  'backoffice/deployment/web': 'shopping',
};
const fresh = { state: 'fresh', since: '', message: null, remedy: null } as const;

function labels(label: string, values: Record<string, string> = TEAMS, parts: Labels['parts'] = {}): Labels {
  return { labels: [], more: 0, workloads: 17, label, values, parts: { pods: fresh, ...parts } };
}

beforeAll(async () => {
  await Promise.all([
    import('./boxes.ts'),
    import('./NotGrouped.svelte'),
    import('../menu/GraphMenu.svelte'),
    loadPictureMaker(),
  ]);
});

const box = (name: string) => screen.findByRole('link', { name: `Fold ${name}` });
const isDrawn = () => screen.queryByRole('group', { name: 'Service graph' }) !== null;

describe('boxes by a label', () => {
  it('wait for its values, and are drawn with them', async () => {
    const asked: { label: string; tell: TellLabels }[] = [];
    stage('?by=team', STEADY, (label, tell) => void asked.push({ label, tell }));
    await vi.waitFor(() => expect(asked.map(({ label }) => label)).toEqual(['team']));
    expect(screen.getByText('The graph is coming.')).toBeTruthy();
    expect(isDrawn()).toBe(false);
    asked[0]?.tell(labels('team'));
    expect(await box('shopping')).toBeTruthy();
    expect(await box('no team')).toBeTruthy();
    expect(
      await screen.findByRole('button', { name: /^web\.backoffice, .* in backoffice, team shopping/ }),
    ).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Fold storefront' })).toBeNull();
  });

  it('stay what they are while those of another label are coming', async () => {
    const { location } = stage('?by=team', STEADY, (label, tell) => label === 'team' && tell(labels('team')));
    await box('shopping');
    location.go({ by: 'tier' });
    await tick();
    expect(await box('shopping')).toBeTruthy();
  });

  it('are namespaces where nobody tells labels, which is said with the way back', async () => {
    stage('?by=team', STEADY, (_, tell) => tell('this server is not connected to Kubernetes'));
    expect(await box('storefront')).toBeTruthy();
    expect(await screen.findByText(/This server is not connected to Kubernetes\./)).toBeTruthy();
    const back = screen.getByRole('link', { name: 'By namespace' });
    expect(back.getAttribute('href')).not.toContain('by=');
  });

  it.each([
    ['has it', labels('team', {}), /No workload has it on all of its pods that run\./],
    [
      'may be seen',
      labels(
        'team',
        {},
        {
          pods: { ...fresh, state: 'denied', message: 'no right to list pods', remedy: 'grant it' },
        },
      ),
      /No right to list pods\. Grant it\./,
    ],
  ])('are namespaces where no pod %s', async (_, told, words) => {
    stage('?by=team', STEADY, (_, tell) => tell(told));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(await box('storefront')).toBeTruthy();
  });

  it('are namespaces for as long as whoever knows labels stays silent', async () => {
    vi.useFakeTimers();
    try {
      stage('?by=team');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(isDrawn()).toBe(false);
      await vi.advanceTimersByTimeAsync(6_000);
      expect(isDrawn()).toBe(true);
      expect(screen.getByText(/Kubernetes has not told labels yet\./)).toBeTruthy();
    } finally {
      vi.useRealTimers();
    }
  });

  it('have a menu that says the group, and what of it the page knows', async () => {
    stage('?by=team', STEADY, (_, tell) => tell(labels('team')));
    await fireEvent.contextMenu(await box('shopping'));
    const menu = await screen.findByRole('menu', { name: 'team shopping' });
    const items = within(menu).getAllByRole('menuitem');
    expect(items.map((item) => item.querySelector('.word')?.textContent)).toEqual([
      'Its neighbourhood alone',
      'Fold shopping',
      'Copy its name',
    ]);
  });
});

describe('boxesChange(place, by)', () => {
  it('leaves behind what names boxes, and keeps the neighbourhood of a workload', () => {
    const place = {
      ...HOME,
      focus: 'shop',
      trail: ['bank'],
      folded: ['bank'],
      unfolded: ['*'],
      hidden: ['folded:bank', 'shop/deployment/web'],
      selected: 'folded:bank~shop/deployment/web',
    };
    expect(boxesChange(place, 'team')).toEqual({
      by: 'team',
      focus: null,
      trail: [],
      folded: [],
      unfolded: [],
      hidden: ['shop/deployment/web'],
      selected: null,
    });
    const near = { ...place, focus: 'shop/deployment/web', selected: 'shop/deployment/web' };
    expect(boxesChange(near, null)).toMatchObject({
      by: null,
      focus: 'shop/deployment/web',
      selected: 'shop/deployment/web',
    });
  });
});
