import { expect, it } from 'vitest';
import { lostFindings } from './lost-findings.ts';

const find = (id: string) =>
  lostFindings(
    { FAIL_FAST: 1 },
    { where: 'e', partly: false, target: { type: 'external', id, what: 'remote', name: 'berths.harbour' } },
  )[0];

it('lostFindings(unreached) looks for the gateway where a Service of another cluster was called through it', () => {
  const [there, other] = [
    find('external:remote/west/harbour/service/berths'),
    find('external:remote/west/harbour/deployment/berths'),
  ];
  expect(there?.finding).toMatchObject({
    command: 'linkerd multicluster gateways',
    remedy: 'See that the gateway of cluster west answers its probes.',
  });
  expect(other?.finding.command).toBeNull();
});
