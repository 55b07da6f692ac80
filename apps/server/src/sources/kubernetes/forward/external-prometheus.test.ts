import { describe, expect, it } from 'vitest';
import { toExternalPrometheus } from './external-prometheus.ts';

describe('toExternalPrometheus(written, home)', () => {
  it.each([
    [
      'http://prom.monitoring.svc.cluster.local:9090',
      { namespace: 'monitoring', service: 'prom', pod: null, port: 9090 },
    ],
    ['prom.monitoring.svc:9090', { namespace: 'monitoring', service: 'prom', pod: null, port: 9090 }],
    [
      'http://prom.monitoring.svc.corp.internal',
      { namespace: 'monitoring', service: 'prom', pod: null, port: 80 },
    ],
    ['https://prom.monitoring.svc.', { namespace: 'monitoring', service: 'prom', pod: null, port: 443 }],
    ['prometheus:9090', { namespace: 'linkerd-viz', service: 'prometheus', pod: null, port: 9090 }],
    [
      'http://prom-0.prom-operated.monitoring.svc.cluster.local:9090',
      { namespace: 'monitoring', service: 'prom-operated', pod: 'prom-0', port: 9090 },
    ],
    ['https://prometheus.example.com/base', null],
    ['http://10.1.2.3:9090', null],
    ['http://[fd00::1]:9090', null],
    ['http://localhost:9090', null],
  ])('of %s is %j', (written, service) => {
    expect(toExternalPrometheus(written, 'linkerd-viz')?.service).toEqual(service);
  });

  it('keeps the path and the login, and shows no login', () => {
    expect(
      toExternalPrometheus('http://ada:pass%40word@prom.a.svc:9090/select/0/prometheus/', 'viz'),
    ).toMatchObject({
      url: 'http://prom.a.svc:9090/select/0/prometheus',
      path: '/select/0/prometheus',
      login: { user: 'ada', password: 'pass@word' },
      isTls: false,
    });
  });

  it('is null for what is no address', () => {
    for (const written of ['ftp://x', 'http://', 'a b'])
      expect(toExternalPrometheus(written, 'viz')).toBeNull();
  });
});
