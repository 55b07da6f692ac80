import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { createRawSnippet, tick } from 'svelte';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import Bar from './Bar.svelte';

/** What each thing would be wide: jsdom measures nothing. */
const WIDTHS: Record<string, number> = { title: 50, share: 80, export: 90, problems: 100 };
let observers: ((entries: unknown[]) => void)[] = [];
let watched: HTMLElement[] = [];

beforeAll(() => import('./BarMenu.svelte'));

beforeEach(() => {
  observers = [];
  watched = [];
  globalThis.ResizeObserver = class {
    constructor(tell: ResizeObserverCallback) {
      observers.push(tell as (entries: unknown[]) => void);
    }
    observe(element: Element) {
      watched.push(element as HTMLElement);
    }
    unobserve() {}
    disconnect() {}
  };
});

async function resize(roomPx: number) {
  const entries = watched.map((target) => ({
    target,
    contentRect: { width: WIDTHS[target.dataset['measured'] ?? ''] ?? roomPx },
  }));
  for (const tell of observers) tell(entries);
  await tick();
}

const words = (html: string) => createRawSnippet(() => ({ render: () => html }));

function bar(isOn = false) {
  return render(Bar, {
    title: 'Graph',
    left: [{ name: 'share', rank: 2, isFact: true, show: words('<span>68 % secured</span>') }],
    right: [
      { name: 'export', rank: 3, isOn, show: words('<button type="button">Export</button>') },
      { name: 'problems', rank: 1, show: words('<button type="button">Problems</button>') },
    ],
  });
}

const isOut = (text: string) => screen.getByText(text).closest<HTMLElement>('[data-part]')?.inert;

describe('Bar', () => {
  it('has no menu while all of it fits', async () => {
    bar();
    await resize(400);
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });

  it('keeps in a menu what has no room, and nothing of it where the focus could land', async () => {
    bar();
    await resize(300);
    expect(isOut('Export')).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'More' }));
    const menu = screen.getByRole('dialog', { name: 'More' });
    expect(await within(menu).findByRole('button', { name: 'Export' })).toBeTruthy();
  });

  it('leaves out the words of facts, which no menu takes', async () => {
    bar();
    await resize(200);
    expect(isOut('68 % secured')).toBe(true);
    await fireEvent.click(screen.getByRole('button', { name: 'More' }));
    const menu = screen.getByRole('dialog', { name: 'More' });
    await within(menu).findByRole('button', { name: 'Export' });
    expect(within(menu).queryByText('68 % secured')).toBeNull();
  });

  it('closes when something was chosen, with the focus on its button', async () => {
    bar();
    await resize(300);
    const more = screen.getByRole('button', { name: 'More' });
    await fireEvent.click(more);
    const chosen = await within(screen.getByRole('dialog')).findByRole('button', { name: 'Export' });
    chosen.focus();
    chosen.click();
    await tick();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(more);
  });

  it('stays open when a word was taken that is suggested for a field', async () => {
    render(Bar, {
      title: 'Live',
      right: [
        {
          name: 'export',
          rank: 3,
          show: words('<div role="listbox"><button type="button" role="option">name:</button></div>'),
        },
        { name: 'problems', rank: 1, show: words('<button type="button">Problems</button>') },
      ],
    });
    await resize(150);
    await fireEvent.click(screen.getByRole('button', { name: 'More' }));
    (await within(screen.getByRole('dialog')).findByRole('option')).click();
    await tick();
    expect(screen.getByRole('dialog')).toBeTruthy();
  });

  it('takes the focus along into the menu, and out of it again', async () => {
    bar();
    await resize(400);
    screen.getByText('Export').focus();
    await resize(300);
    await tick();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More' }));
    await resize(400);
    await tick();
    expect(document.activeElement).toBe(screen.getByText('Problems'));
  });

  it('says on the button that something inside is on', async () => {
    bar(true);
    await resize(300);
    expect(screen.getByRole('button', { name: 'More, some of it is on' })).toBeTruthy();
  });
});
