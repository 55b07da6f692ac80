// Whether every proxy trusts what the control plane trusts now: those that started before a rotation may not.

import { createHash } from 'node:crypto';
import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { ownerOfPod, restartAllCommand } from '../findings/kubectl.ts';
import { isMeshed } from '../inventory/proxy.ts';
import { ok, unknown, type Verdict, warning } from './checks/verdict.ts';
import { isOver } from './control-pods.ts';
import type { HealthView } from './health-view.ts';
import { EVERYWHERE, judgedEach } from './watched.ts';

const ANNOTATION = 'linkerd.io/trust-root-sha256';

/** The injector notes the hash of the bundle as it was, with or without its last line break. */
export function bundleHashes(pem: string): Set<string> {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return new Set([hash(pem), hash(pem.trim()), hash(`${pem.trim()}\n`)]);
}

export function trustMatches(view: HealthView, roots: string): Verdict | null {
  return judgedEach(
    view,
    'pods',
    (all) => {
      const pods = all.filter((pod) => isMeshed(pod, view.home) && !isOver(pod));
      const noted = pods.filter(({ meta }) => meta.annotations[ANNOTATION]);
      if (pods.length > 0 && noted.length === 0)
        return unknown({
          why: `none of ${counted(pods.length, 'meshed pod')} notes which trust anchors it started with`,
          remedy: 'restart them: the injector of Linkerd 2.12 and newer notes it',
          right: null,
        });
      const now = bundleHashes(roots);
      const old = noted.filter(({ meta }) => !now.has(meta.annotations[ANNOTATION] ?? ''));
      return old.length === 0
        ? ok(`${noted.length} of ${pods.length} proxies started with the trust anchors of now`)
        : warning(
            `${counted(old.length, 'proxy', 'proxies')} started with other trust anchors: ${named(
              old.map(({ meta }) => `${meta.namespace}/${meta.name}`),
            )}`,
            {
              remedy: 'Restart their workloads before an old trust anchor is taken out of the bundle.',
              command: restartAllCommand(old.map(({ meta }) => ownerOfPod(meta))),
              pods: old.map(({ meta }) => `${meta.namespace}/${meta.name}`).slice(0, 100),
            },
          );
    },
    EVERYWHERE,
  );
}
