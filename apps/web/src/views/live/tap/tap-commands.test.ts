import { describe, expect, it } from 'vitest';
import { tapped } from '../../../test-data/tap.ts';
import { curlCommand, linkerdCommand } from './tap-commands.ts';

describe('linkerdCommand(params)', () => {
  it('is the same tap in a terminal', () => {
    expect(linkerdCommand({ namespace: 'shop' })).toBe('linkerd viz tap namespace/shop');
    const target = { namespace: 'shop', kind: 'deployment', name: 'web' } as const;
    expect(linkerdCommand({ ...target, toKind: 'deployment', toName: 'cart', method: 'GET' })).toBe(
      'linkerd viz tap deployment/web -n shop --to deployment/cart --to-namespace shop --method GET',
    );
    expect(
      linkerdCommand({ ...target, toNamespace: 'bank', path: "/it's", labelSelector: 'a in (b)', maxRps: 5 }),
    ).toBe(
      "linkerd viz tap deployment/web -n shop --to namespace/bank --path '/it'\\''s' --selector 'a in (b)' --max-rps 5",
    );
  });
});

describe('curlCommand(request)', () => {
  it('asks again without what belongs to the first time, and reminds of what was withheld', () => {
    const requestHeaders = [
      { name: 'host', value: 'reviews.shop' },
      { name: 'accept', value: 'text/*, it’s' },
      { name: 'authorization', value: null },
      { name: 'l5d-client-id', value: 'web' },
    ];
    expect(curlCommand(tapped({ requestHeaders }))).toBe(
      "# withheld here: authorization\ncurl -X GET http://reviews.shop:8080/reviews/310 \\\n  -H 'accept: text/*, it’s'",
    );
  });
});
