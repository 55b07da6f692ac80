// Policy that does nothing: Servers that select no pod, and authorizations for a Server that is not there.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { serverSelects } from '../inventory/selector.ts';
import { isOver } from './control-pods.ts';
import { type HealthView, watched } from './health-view.ts';
import { judged, ok, type Verdict, warning } from './verdict.ts';

export function policyMatches(view: HealthView): Verdict | null {
  return judged(
    watched(view, 'servers'),
    (servers) =>
      judged(
        watched(view, 'authorizations'),
        (authorizations) =>
          judged(
            watched(view, 'pods'),
            (pods) => {
              const alive = pods.filter((pod) => !isOver(pod));
              const idle = servers
                .filter(
                  (server) => server.selector !== null && !alive.some((pod) => serverSelects(server, pod)),
                )
                .map(({ meta }) => `Server ${meta.namespace}/${meta.name} selects no pod`);
              const there = new Set(servers.map(({ meta }) => `${meta.namespace}/${meta.name}`));
              const lost = authorizations
                .filter(
                  ({ meta, target }) =>
                    target.kind === 'Server' &&
                    !there.has(`${target.namespace ?? meta.namespace}/${target.name}`),
                )
                .map(
                  ({ meta, target }) =>
                    `AuthorizationPolicy ${meta.namespace}/${meta.name} is for Server ${target.name}, which is not there`,
                );
              const found = [...idle, ...lost];
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
            () => null,
          ),
        () => null,
      ),
    () => null,
  );
}
