import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('parseOptions(args)', () => {
  it('takes free ports and a local Prometheus when nothing is said', () => {
    expect(parseOptions([])).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      relayPort: 0,
      seed: 1,
      prometheus: 'http://127.0.0.1:9090',
      kubernetesPort: 0,
      tls: false,
      kubeconfigFile: null,
    });
  });

  it('reports all mistakes at once', () => {
    const args = ['--port', '70000', '--seed', 'x', '--prometheus', 'nowhere', '--kubeconfig-file', ''];
    expect(() => parseOptions(args)).toThrow(
      /bad --port: 70000.*\nbad --seed: x.*\nbad --prometheus: nowhere.*\nbad --kubeconfig-file: it is empty/,
    );
  });
});
