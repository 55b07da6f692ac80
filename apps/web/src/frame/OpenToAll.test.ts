import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { ABOUT, stage } from '../test-data/stage.ts';
import { snapshot, WEB } from '../test-data/workloads.ts';

const workloads = snapshot([WEB]);
const warning = () => screen.queryByText(/Anybody who reaches this address/);

describe('a server that asks nobody who they are', () => {
  it('is said once, until somebody has understood', async () => {
    stage('?view=workloads', { workloads }, { ...ABOUT, openToAll: true });
    await screen.findByRole('table', { name: 'Workloads' });
    expect(await screen.findByText(/Anybody who reaches this address/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Understood' }));
    expect(warning()).toBeNull();
  });

  it('is not said of one that does, which says who is here and leads out', async () => {
    const viewer = { name: 'jane@example.com', role: 'viewer', canLogOut: true } as const;
    stage('?view=workloads', { workloads }, { ...ABOUT, viewer });
    await screen.findByRole('table', { name: 'Workloads' });
    expect(warning()).toBeNull();
    expect(screen.getByText('jane@example.com')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Log out' })).toBeTruthy();
  });
});
