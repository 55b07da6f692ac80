import { describe, expect, it } from 'vitest';
import { filledLink, placesOf } from './link-template.ts';

const GRAFANA = 'https://grafana.example.com/d/x?var-namespace={namespace}&var-workload={name}&from={from}';

describe('filledLink(template, known)', () => {
  it('fills every place, coded for an address', () => {
    expect(filledLink(GRAFANA, { namespace: 'shop', name: 'a&b c', from: '1' })).toBe(
      'https://grafana.example.com/d/x?var-namespace=shop&var-workload=a%26b%20c&from=1',
    );
  });

  it('is nothing where the template asks for what is not known', () => {
    expect(filledLink(GRAFANA, { namespace: 'shop', from: '1' })).toBeNull();
  });

  it('placesOf(template) names each place once', () => {
    expect(placesOf('{a}/{b}/{a}')).toEqual(['a', 'b']);
  });
});
