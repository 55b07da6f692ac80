// The command line as a value; all mistakes at once.

import { parseArgs } from 'node:util';
import { ferryLine } from './scenario/ferry-line.ts';
import type { Scenario } from './scenario/scenario.ts';
import { twoShores } from './scenario/two-shores.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = { 'ferry-line': ferryLine, 'two-shores': twoShores };

export interface Options {
  readonly host: string;
  readonly port: number;
  readonly tapPort: number;
  readonly controlPort: number;
  readonly relayPort: number;
  readonly tapRelayPort: number;
  readonly prometheus: string;
  readonly seed: number;
  readonly scenario: Scenario;
  readonly kubernetesPort: number;
  /** The Kubernetes API over TLS, with an authority made at the start. */
  readonly tls: boolean;
  /** Where to write one; null for nowhere. */
  readonly kubeconfigFile: string | null;
}

export const USAGE =
  'usage: main.ts [--host 127.0.0.1] [--port 0] [--tap-port 0] [--control-port 0] [--relay-port 0] [--tap-relay-port 0] [--prometheus http://127.0.0.1:9090] [--seed 1] [--scenario ferry-line|two-shores] [--kubernetes-port 0] [--tls] [--kubeconfig-file PATH]';

export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '0' },
      'tap-port': { type: 'string', default: '0' },
      'control-port': { type: 'string', default: '0' },
      'relay-port': { type: 'string', default: '0' },
      'tap-relay-port': { type: 'string', default: '0' },
      prometheus: { type: 'string', default: 'http://127.0.0.1:9090' },
      seed: { type: 'string', default: '1' },
      scenario: { type: 'string', default: 'ferry-line' },
      'kubernetes-port': { type: 'string', default: '0' },
      tls: { type: 'boolean', default: false },
      'kubeconfig-file': { type: 'string' },
    },
  });
  const mistakes: string[] = [];
  function whole(name: keyof typeof values, max: number): number {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 0 && value <= max) return value;
    mistakes.push(`bad --${name}: ${values[name]}; give a whole number from 0 to ${max}`);
    return 0;
  }
  const options = {
    host: values.host,
    port: whole('port', 65_535),
    tapPort: whole('tap-port', 65_535),
    controlPort: whole('control-port', 65_535),
    relayPort: whole('relay-port', 65_535),
    tapRelayPort: whole('tap-relay-port', 65_535),
    prometheus: values.prometheus,
    seed: whole('seed', 0xffff_ffff),
    scenario: SCENARIOS[values.scenario] ?? ferryLine,
    kubernetesPort: whole('kubernetes-port', 65_535),
    tls: values.tls,
    kubeconfigFile: values['kubeconfig-file'] ?? null,
  };
  if (!/^https?:\/\//.test(values.prometheus) || !URL.canParse(values.prometheus))
    mistakes.push(`bad --prometheus: ${values.prometheus}; give a URL such as http://127.0.0.1:9090`);
  if (!SCENARIOS[values.scenario])
    mistakes.push(`bad --scenario: ${values.scenario}; allowed are ${Object.keys(SCENARIOS).join(', ')}`);
  if (values['kubeconfig-file'] === '')
    mistakes.push('bad --kubeconfig-file: it is empty; give the path of a file to write');
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return options;
}
