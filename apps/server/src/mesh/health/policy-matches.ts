// Policy that does nothing: Servers that select no pod, and authorizations for a Server that is not there.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { AuthorizationObject, PodObject, ServerObject } from '../../sources/kubernetes/watch/objects.ts';
import { serverSelects } from '../inventory/selector.ts';
import { ok, type Verdict, warning } from './checks/verdict.ts';
import { isOver } from './control-pods.ts';
import type { HealthView } from './health-view.ts';
import { EVERYWHERE, judgedEach, watched } from './watched.ts';

export function policyMatches(view: HealthView): Verdict | null {
  return judgedEach(
    view,
    'servers',
    (servers) =>
      judgedEach(
        view,
        'authorizations',
        (authorizations) =>
          judgedEach(
            view,
            'pods',
            (pods) => {
              const found = [...idle(view, servers, pods), ...lost(view, servers, authorizations)];
              return found.length === 0
                ? ok(
                    `${counted(servers.length, 'Server')}, ${counted(authorizations.length, 'AuthorizationPolicy', 'AuthorizationPolicies')}`,
                  )
                : warning(named(found), {
                    remedy: 'Correct the selector or the target, or delete what is no longer used.',
                    command:
                      'kubectl get servers.policy.linkerd.io,authorizationpolicies.policy.linkerd.io -A',
                  });
            },
            EVERYWHERE,
          ),
        EVERYWHERE,
      ),
    EVERYWHERE,
  );
}

function idle(view: HealthView, servers: readonly ServerObject[], pods: readonly PodObject[]): string[] {
  const alive = pods.filter((pod) => !isOver(pod));
  return servers
    .filter(
      (server) =>
        server.selector !== null &&
        watched(view, 'pods', [server.meta.namespace]).state === 'known' &&
        !alive.some((pod) => serverSelects(server, pod)),
    )
    .map(({ meta }) => `Server ${meta.namespace}/${meta.name} selects no pod`);
}

function lost(
  view: HealthView,
  servers: readonly ServerObject[],
  authorizations: readonly AuthorizationObject[],
): string[] {
  const there = new Set(servers.map(({ meta }) => `${meta.namespace}/${meta.name}`));
  return authorizations.flatMap(({ meta, target }) => {
    const place = target.namespace ?? meta.namespace;
    const isLost =
      target.kind === 'Server' &&
      watched(view, 'servers', [place]).state === 'known' &&
      !there.has(`${place}/${target.name}`);
    return isLost
      ? [
          `AuthorizationPolicy ${meta.namespace}/${meta.name} is for Server ${target.name}, which is not there`,
        ]
      : [];
  });
}
