import { describe, expect, it } from 'vitest';
import { shortName } from './short-name.ts';

const room = (letters: number) => (text: string) => text.length <= letters;

function cut(names: readonly string[], letters: number): string[] {
  return names.map((name) => shortName(name, names, room(letters)));
}

describe('shortName(name, others, fits)', () => {
  it('leaves what fits', () => {
    expect(shortName('web', ['website'], room(9))).toBe('web');
  });

  it('cuts the end of a name that begins like no other', () => {
    expect(cut(['recommendation-service', 'web'], 12)).toEqual(['recommendat…', 'web']);
  });

  it('keeps the ends in which names differ', () => {
    expect(
      cut(
        ['acme-payment-authorization-api', 'acme-payment-authorization-worker', 'acme-payment-capture'],
        14,
      ),
    ).toEqual(['acme-payme…api', 'acme-pa…worker', 'acme-p…capture']);
  });

  it('keeps a difference that lies in the middle, with what follows it', () => {
    expect(cut(['payment-authorization-eu-1', 'payment-authorization-us-1'], 14)).toEqual([
      'payment-a…eu-1',
      'payment-a…us-1',
    ]);
    expect(cut(['all-orders-eu-processing-service', 'all-orders-us-processing-service'], 12)).toEqual([
      'all…eu-proc…',
      'all…us-proc…',
    ]);
  });

  it('tells a name from a longer one that begins with it', () => {
    const [short, long] = cut(['checkout-service-primary', 'checkout-service-primary-canary'], 13);
    expect(short).toBe('check…primary');
    expect(long).toBe('checko…canary');
  });

  it('looks at all names that begin like what is left of the beginning', () => {
    const names = [
      'acme-payment-x-capture',
      'acme-payment-x-api',
      'acme-platform-y-capture',
      'acme-platform-y-api',
    ];
    expect(new Set(cut(names, 14)).size).toBe(4);
  });

  it('never makes one text of different names, however alike', () => {
    const names = ['a', 'b', 'c'].flatMap((one) =>
      ['x', 'y', 'z'].map((two) => `same-beginning-${one}-${two}`),
    );
    expect(new Set(cut(names, 9)).size).toBe(names.length);
  });

  it('keeps two differences, each with as much of what follows it as has room', () => {
    const services = ['authorization', 'settlement'].flatMap((name) =>
      ['eu', 'us'].map((region) => `acme-payments-platform-production-${name}-service-${region}`),
    );
    expect(cut(services, 12)).toEqual(['acm…n-ser…eu', 'acm…n-ser…us', 'acm…t-ser…eu', 'acm…t-ser…us']);
    const ingresses = ['1', '2'].flatMap((zone) =>
      ['internal', 'external'].map((side) => `prod-eu-west-${zone}-ingress-nginx-controller-${side}`),
    );
    for (const room of [10, 12, 14, 18, 24]) expect(new Set(cut(ingresses, room)).size).toBe(4);
  });

  it('ends for a room of nothing', () => {
    expect(shortName('payments', ['payments-2'], () => false)).toMatch(/…/);
  });
});
