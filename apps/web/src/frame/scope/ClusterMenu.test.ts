import type { About } from '@latchwork/shared/about';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { finding } from '../../test-data/finding.ts';
import { ABOUT, stage } from '../../test-data/stage.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

const workloads = snapshot([WEB]);
const of = (...values: string[]): About => ({
  ...ABOUT,
  clusters: { label: 'cluster', current: 'east', values },
});
const BOTH = of('east', 'west');
const menu = (name: string) => screen.findByRole('button', { name: `Cluster ${name}` });
const noMenu = () => screen.queryByRole('button', { name: /^Cluster/ });

describe('the menu of clusters', () => {
  it('leads to another cluster: same window and view, nothing else chosen', async () => {
    const search = '?view=workloads&namespace=shop&window=5m&selected=shop/deployment/web';
    const { location, subscribed } = stage(search, { workloads }, BOTH);
    await fireEvent.click(await menu('east'));
    const links = within(screen.getByRole('dialog', { name: 'Cluster' })).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('aria-current'))).toEqual(['true', null]);
    await fireEvent.click(screen.getByRole('link', { name: 'west' }));
    expect(window.location.search).toBe('?view=workloads&cluster=west&window=5m');
    await menu('west');
    await expect
      .poll(() => subscribed())
      .toEqual([
        { topic: 'workloads', params: { window: '5m', cluster: 'west' } },
        { topic: 'history', params: { window: '5m', cluster: 'west' } },
      ]);
    await fireEvent.click(await menu('west'));
    await fireEvent.click(screen.getByRole('link', { name: 'east this server’s own' }));
    expect(location.place.cluster).toBeNull();
  });

  it('asks for the others when the greeting knew only its own', async () => {
    stage('?view=workloads', { workloads }, of('east'), BOTH);
    expect(await menu('east')).toBeTruthy();
  });

  it('asks again when the numbers say that there are several, which nobody knew at first', async () => {
    const whole = { ...ABOUT };
    const { push } = stage('?view=workloads', { workloads }, { ...ABOUT }, whole);
    await screen.findByRole('table', { name: 'Workloads' });
    expect(noMenu()).toBeNull();
    Object.assign(whole, { clusters: BOTH.clusters });
    const said = finding({ code: 'several-clusters', what: 'this store holds 2 clusters' });
    push('workloads', { ...workloads, diagnoses: [said] });
    expect(await menu('east')).toBeTruthy();
  });

  it('is not there for a store with one cluster', async () => {
    stage('?view=workloads', { workloads }, of('east'));
    await screen.findByRole('table', { name: 'Workloads' });
    expect(noMenu()).toBeNull();
  });

  it('leads back from a cluster that is not in the store', async () => {
    stage('?view=workloads&cluster=north', { workloads }, BOTH);
    await fireEvent.click(await menu('north'));
    expect(screen.getByRole('link', { name: 'north no metrics', current: true })).toBeTruthy();
  });

  it('leads back where the server shows no other', async () => {
    const { location } = stage('?view=workloads&cluster=west', { workloads });
    await fireEvent.click(await screen.findByRole('link', { name: 'cluster west' }));
    expect(location.place.cluster).toBeNull();
    expect(noMenu()).toBeNull();
  });
});

describe('Workloads while another cluster is shown', () => {
  it('count no pods: Kubernetes tells of its own alone', async () => {
    const kubernetes = { available: true, reason: null, server: null, identity: null };
    stage('?view=workloads&cluster=west', { workloads }, { ...BOTH, kubernetes });
    const table = await screen.findByRole('table', { name: 'Workloads' });
    expect(within(table).queryByRole('columnheader', { name: /^Meshed pods/ })).toBeNull();
    await fireEvent.click(await menu('west'));
    await fireEvent.click(screen.getByRole('link', { name: /^east/ }));
    expect(await within(table).findByRole('columnheader', { name: /^Meshed pods/ })).toBeTruthy();
  });
});

describe('Live while another cluster is shown', () => {
  const SEARCH = '?view=live&cluster=west&target=shop/deployment/web';

  it('says whose requests can be had, and asks for none', async () => {
    const { location, subscribed } = stage(SEARCH, { workloads }, BOTH);
    await screen.findByRole('heading', { name: 'No live requests from west' });
    expect(screen.getByText(/can tap only its own cluster, east\./)).toBeTruthy();
    expect(subscribed().map(({ topic }) => topic)).toEqual(['workloads']);
    await fireEvent.click(screen.getByRole('link', { name: 'Live requests of east' }));
    expect(location.place).toMatchObject({ view: 'live', cluster: null, target: null });
  });

  it('taps when the one that is named is its own', async () => {
    const { subscribed } = stage(SEARCH.replace('west', 'east'), { workloads }, BOTH);
    await expect.poll(() => subscribed().map(({ topic }) => topic)).toContain('top');
  });
});
