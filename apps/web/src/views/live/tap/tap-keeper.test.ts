import { describe, expect, it } from 'vitest';
import { tapped } from '../../../test-data/tap.ts';
import { TapKeeper } from './tap-keeper.ts';

const request = (key: string, outcome: string | null = '200') => tapped({ key, outcome });
const keys = (requests: readonly { key: string }[]) => requests.map(({ key }) => key).join(' ');

describe('TapKeeper', () => {
  it('shows the newest while nobody reads', () => {
    const keeper = new TapKeeper();
    keeper.keep({ requests: [request('a')], held: false, open: null, asked: '' });
    const { shown, waiting } = keeper.keep({
      requests: [request('b'), request('a')],
      held: false,
      open: null,
      asked: '',
    });
    expect([keys(shown), waiting]).toEqual(['b a', 0]);
  });

  it('holds still while somebody reads: with their ends, and without the server’s oldest going', () => {
    const keeper = new TapKeeper();
    keeper.keep({ requests: [request('b', null), request('a')], held: true, open: null, asked: '' });
    const { shown, waiting } = keeper.keep({
      requests: [request('c'), request('b')],
      held: true,
      open: null,
      asked: '',
    });
    expect([keys(shown), waiting]).toEqual(['b a', 1]);
    expect(shown[0]?.outcome).toBe('200');
  });

  it('begins anew when something else is asked for', () => {
    const keeper = new TapKeeper();
    keeper.keep({ requests: [request('a')], held: true, open: null, asked: 'x' });
    expect(keys(keeper.keep({ requests: [request('b')], held: true, open: null, asked: 'y' }).shown)).toBe(
      'b',
    );
  });

  it('holds still while one of them is open, also when the server has forgotten it', () => {
    const keeper = new TapKeeper();
    const asked = { held: false, asked: '' };
    keeper.keep({ ...asked, requests: [request('b'), request('a')], open: 'a' });
    expect(keeper.keep({ ...asked, requests: [request('c'), request('b')], open: 'a' })).toMatchObject({
      waiting: 1,
      shown: [{ key: 'b' }, { key: 'a' }],
    });
    expect(keys(keeper.keep({ ...asked, requests: [request('c')], open: null }).shown)).toBe('c');
  });
});
