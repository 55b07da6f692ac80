import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ABOUT, stage } from '../../test-data/stage.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

const CONTEXTS = { current: 'east', names: ['east', 'west'] };
const workloads = snapshot([WEB]);

afterEach(() => vi.unstubAllGlobals());

async function opened() {
  stage('?view=workloads', { workloads }, { ...ABOUT, contexts: CONTEXTS });
  await fireEvent.click(await screen.findByRole('button', { name: 'Context east' }));
  return screen.getByRole('dialog', { name: 'Context' });
}

describe('the menu of contexts', () => {
  it('is not there where nobody may choose', async () => {
    stage('?view=workloads', { workloads }, ABOUT);
    await screen.findByRole('table', { name: 'Workloads' });
    expect(screen.queryByRole('button', { name: /^Context/ })).toBeNull();
  });

  it('asks the server, waits until it looks there, and says so', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: URL, ask: RequestInit = {}) => {
      asked.push(`${ask.method ?? 'GET'} ${url.pathname} ${ask.body ?? ''}`.trim());
      if (ask.method === 'POST') return new Response(JSON.stringify({ context: 'west' }), { status: 202 });
      return new Response(JSON.stringify({ ...ABOUT, contexts: CONTEXTS }));
    });
    const dialog = await opened();
    await fireEvent.click(within(dialog).getByRole('button', { name: 'west' }));
    expect(await within(dialog).findByText(/Going to west/)).toBeTruthy();
    await vi.waitFor(() => expect(asked).toEqual(['POST /api/context {"context":"west"}', 'GET /api/about']));
  });

  it('says what is wrong with a context, and stays', async () => {
    const problem = { message: 'kubeconfig names a user "x" that is not there', remedy: 'correct it' };
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(problem), { status: 502 }));
    const dialog = await opened();
    await fireEvent.click(within(dialog).getByRole('button', { name: 'west' }));
    expect((await within(dialog).findByRole('alert')).textContent).toMatch(/names a user/);
    expect((within(dialog).getByRole('button', { name: 'west' }) as HTMLButtonElement).disabled).toBe(false);
  });
});
