import { describe, expect, it } from 'vitest';
import { parseLink } from './link.ts';

describe('parseLink(text)', () => {
  it('takes a name and an address with places', () => {
    expect(parseLink('Logs=https://logs.example.com/?q={namespace}/{name}')).toEqual({
      name: 'Logs',
      template: 'https://logs.example.com/?q={namespace}/{name}',
    });
  });

  it('knows the addresses of two tools that Linkerd has dashboards for', () => {
    expect(parseLink('grafana=https://grafana.example.com/').template).toBe(
      'https://grafana.example.com/d/linkerd-{kind}?var-namespace={namespace}&var-{kind}={name}&from={from}&to={to}',
    );
    const jaeger = parseLink('Jaeger=https://traces.example.com').template;
    expect(JSON.parse(new URL(jaeger).searchParams.get('tags') ?? '')).toEqual({
      'linkerd.io/workload-ns': '{namespace}',
      'linkerd.io/proxy-{kind}': '{name}',
    });
  });

  it.each([
    ['https://x.example', /write 'NAME=URL'/],
    ['x=javascript:alert(1)', /is no address/],
    ['x=/relative', /is no address/],
    ['x=https://x.example/{namespace', /is no address/],
    ['x=https://x.example/{workload}', /'\{workload\}' is not known.*\{namespace\}/],
  ])('refuses %s', (text, why) => {
    expect(() => parseLink(text)).toThrow(why);
  });
});
