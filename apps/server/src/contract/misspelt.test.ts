import { describe, expect, it } from 'vitest';
import { refuseMisspelt } from './misspelt.ts';

const KNOWN = ['namespace', 'window', 'labels', 'at'];
const check = (search: string) => refuseMisspelt(KNOWN, new URLSearchParams(search));

describe('refuseMisspelt(known, query)', () => {
  it.each(['namespaces=shop', 'Namespace=shop', 'ns=shop', 'name-space=shop', 'label=on', 'windows=5m'])(
    'refuses %s by name, with what is allowed',
    (search) => {
      const [name] = search.split('=');
      expect(() => check(search)).toThrow(`invalid ${name}`);
      expect(() => check(search)).toThrow('only the parameters namespace, window, labels, at');
    },
  );

  it('lets pass what is right, and what wikis and proxies add', () => {
    expect(() =>
      check('namespace=shop&window=5m&at=2025-11-23&xdm_e=https&_=17&utm_source=wiki'),
    ).not.toThrow();
  });
});
