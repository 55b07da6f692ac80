import { describe, expect, it } from 'vitest';
import { admissionParts, defaultMeaning } from './admission-text.ts';

const policy = (kind: string, name: string) => ({ group: 'policy.linkerd.io', kind, name });
const byDefault = (name: string) => ({ group: '', kind: 'default', name });

describe('admissionParts(admission)', () => {
  it('names the objects that let a request in', () => {
    const parts = admissionParts({
      server: policy('server', 'orders-http'),
      route: { group: 'gateway.networking.k8s.io', kind: 'httproute', name: 'orders-read' },
      authorization: policy('authorizationpolicy', 'orders-callers'),
    });
    expect(parts.map(({ label, kind, name }) => `${label} ${kind} ${name}`)).toEqual([
      'Admitted by AuthorizationPolicy orders-callers',
      'On server Server orders-http',
      'On route HTTPRoute orders-read',
    ]);
  });

  it('calls a default what it is, and says nothing of a route that is none', () => {
    const all = byDefault('all-unauthenticated');
    expect(admissionParts({ server: all, route: byDefault('default'), authorization: all })).toEqual([
      { label: 'Admitted by', kind: 'default policy', name: 'all-unauthenticated' },
    ]);
    expect(defaultMeaning(all)).toBe('everybody may call');
    expect(defaultMeaning(policy('authorizationpolicy', 'deny'))).toBeNull();
  });

  it('knows the exception for probes', () => {
    const probe = byDefault('probe');
    const [first, ...rest] = admissionParts({ server: null, route: probe, authorization: probe });
    expect(first).toEqual({ label: 'Admitted by', kind: 'the exception for', name: 'probes' });
    expect(rest).toHaveLength(1);
  });
});
