import { beforeEach, describe, expect, it } from 'vitest';
import { watchStart } from './start-failure.ts';

describe('watchStart(place)', () => {
  beforeEach(() => {
    document.body.innerHTML = '<div id="page"><p>This page is starting.</p></div>';
  });
  const place = () => document.getElementById('page') as HTMLElement;
  const page = new EventTarget() as Window;
  const breakWith = (error: unknown) => page.dispatchEvent(new ErrorEvent('error', { error }));

  it('says what the browser lacks, and what would do', () => {
    const settle = watchStart(place(), page);
    breakWith(new TypeError('Map.groupBy is not a function'));
    expect(place().textContent).toContain('Safari 16.4');
    expect(place().textContent).toContain('TypeError: Map.groupBy is not a function');
    expect(place().querySelector('button')?.textContent).toBe('Load the page again');
    settle();
  });

  it('leaves a page that has started to itself', () => {
    watchStart(place(), page)();
    expect(place().textContent).toBe('');
    breakWith(new TypeError('later'));
    expect(place().textContent).toBe('');
  });
});
