import { beforeEach, describe, expect, it } from 'vitest';
import { rowLinks } from './row-links.ts';

let went: MouseEvent[];

beforeEach(() => {
  went = [];
  document.body.innerHTML = `<table class="data"><tbody>
    <tr><th scope="row"><a href="#web">web</a></th><td id="rate">3/s</td><td><button>Why?</button></td></tr>
    <tr><td id="bare">no link here</td></tr></tbody></table>`;
  rowLinks(document.body);
  document.querySelector('a')?.addEventListener('click', (event) => {
    event.preventDefault();
    went.push(event);
  });
});

const click = (selector: string, more: MouseEventInit = {}) =>
  document.querySelector(selector)?.dispatchEvent(new MouseEvent('click', { bubbles: true, ...more }));

describe('rowLinks', () => {
  it('goes from any cell where the link of the row leads, as the click was meant', () => {
    click('#rate', { ctrlKey: true, detail: 1 });
    expect(went).toHaveLength(1);
    expect(went[0]).toMatchObject({ ctrlKey: true, detail: 1 });
  });

  it('leaves alone what does something by itself, and rows without a link', () => {
    click('button');
    click('#bare');
    expect(went).toHaveLength(0);
  });

  it('goes once when the link itself is pressed', () => {
    click('a');
    expect(went).toHaveLength(1);
  });
});
