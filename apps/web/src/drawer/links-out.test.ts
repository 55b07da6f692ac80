import { describe, expect, it } from 'vitest';
import { edgeLinks, podLinks, workloadLinks } from './links-out.ts';

const TEMPLATES = [
  { name: 'Grafana', template: 'https://g.example/d/{kind}?ns={namespace}&w={name}&from={from}&to={to}' },
  { name: 'Logs', template: 'https://l.example/{namespace}/{pod}' },
  { name: 'Flow', template: 'https://f.example/{sourceName}/{targetName}' },
];
const span = { toMs: 2_000_000, windowSeconds: 60 };

describe('links out', () => {
  it('has for a workload what needs no more than a workload', () => {
    expect(workloadLinks(TEMPLATES, 'shop/deployment/web', span)).toEqual([
      { name: 'Grafana', href: 'https://g.example/d/deployment?ns=shop&w=web&from=1100000&to=2000000' },
    ]);
  });

  it('has for a pod what asks for one', () => {
    expect(podLinks(TEMPLATES, 'shop/deployment/web', 'web-0', span)).toEqual([
      { name: 'Logs', href: 'https://l.example/shop/web-0' },
    ]);
  });

  it('has for an edge what both ends are known for', () => {
    const ends = { source: 'shop/deployment/web', target: 'shop/deployment/db' };
    expect(edgeLinks(TEMPLATES, ends, span)).toEqual([{ name: 'Flow', href: 'https://f.example/web/db' }]);
    expect(edgeLinks(TEMPLATES, { ...ends, target: 'external:10.0.0.1:443' }, span)).toEqual([]);
  });
});
