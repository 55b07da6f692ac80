// Which Server, route and authorization a request meets at its target, as proxies and tap name them.

import type { Exchange, Flow } from './exchange.ts';
import type { Policy } from './scenario/scenario.ts';

export interface PolicyName {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export interface Admission {
  readonly server: PolicyName;
  readonly route: PolicyName;
  readonly authorization: PolicyName;
}

const POLICY_GROUP = 'policy.linkerd.io';

function byDefault(name: string): PolicyName {
  return { group: '', kind: 'default', name };
}

function serverOf(policy: Policy | undefined): PolicyName {
  if (!policy) return byDefault('all-unauthenticated');
  return { group: POLICY_GROUP, kind: 'server', name: policy.server };
}

function policyAt(target: Exchange['target'], port: number): Policy | undefined {
  const listener = target?.workload.listener;
  return listener?.port === port ? listener.policy : undefined;
}

export function admissionOf({ caller, target, port, ask, status }: Exchange): Admission {
  const policy = policyAt(target, port);
  const server = serverOf(policy);
  if (caller.type === 'kubelet' && status === 200)
    return { server, route: byDefault('probe'), authorization: byDefault('probe') };
  if (policy?.type === 'routes') {
    const name = policy.routes.find(({ asks }) => asks.includes(ask))?.name ?? '';
    return {
      server,
      route: { group: POLICY_GROUP, kind: 'HTTPRoute', name },
      authorization: { group: POLICY_GROUP, kind: 'authorizationpolicy', name },
    };
  }
  const authorization =
    policy?.type === 'callers'
      ? { group: POLICY_GROUP, kind: 'authorizationpolicy', name: policy.name }
      : byDefault('all-unauthenticated');
  return { server, route: byDefault('default'), authorization };
}

/** TCP knows no routes. */
export function flowAdmissionOf({ target, port }: Flow): Pick<Admission, 'server' | 'authorization'> {
  return { server: serverOf(policyAt(target, port)), authorization: byDefault('all-unauthenticated') };
}
