// The kubeconfig of the simulated cluster: one context for each way of signing in. JSON, which every reader of YAML understands.

import { join } from 'node:path';
import type { Certificates } from './certificates.ts';
import { STATIC_TOKEN } from './tokens.ts';

export interface KubeconfigOptions {
  readonly server: string;
  /** Where the login command gets its tokens. */
  readonly controlUrl: string;
  readonly certificates: Certificates | null;
}

const CLUSTER = 'ferryline';
const LOGIN = join(import.meta.dirname, 'exec-plugin.ts');

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

export function toKubeconfig({ server, controlUrl, certificates }: KubeconfigOptions): string {
  const users = [
    { name: 'viewer', user: { token: STATIC_TOKEN } },
    {
      name: 'viewer-login',
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: process.execPath,
          args: [LOGIN],
          env: [{ name: 'MESH_SIM_CONTROL', value: controlUrl }],
          interactiveMode: 'Never',
          provideClusterInfo: false,
        },
      },
    },
    ...(certificates
      ? [
          {
            name: 'viewer-certificate',
            user: {
              'client-certificate-data': base64(certificates.client.cert),
              'client-key-data': base64(certificates.client.key),
            },
          },
        ]
      : []),
  ];
  const cluster = {
    server,
    ...(certificates ? { 'certificate-authority-data': base64(certificates.server.ca) } : {}),
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: CLUSTER, cluster }],
    users,
    contexts: users.map(({ name }) => ({
      name: name.replace('viewer', CLUSTER),
      context: { cluster: CLUSTER, user: name },
    })),
    'current-context': CLUSTER,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
