// Everything that one cluster gives, behind one door: the inventory, the Prometheus of viz, tap, and the rights to them.

import type { ObjectRef } from '@latchwork/shared/asked/asked-objects';
import { chooseProxy } from '../../network/proxy-choice.ts';
import type { ProxyServer } from '../../network/proxy-url.ts';
import type { Told } from '../told.ts';
import { createKubernetesClient, type KubernetesClientOptions } from './api/client.ts';
import { readIdentity } from './api/identity.ts';
import { type Involved, type KeptEvent, readEvents } from './asked/asked-events.ts';
import { type AskedObject, readAskedObject, readLimitsOf } from './asked/asked-object.ts';
import { type OpenedPrometheus, openPrometheus } from './forward/open-prometheus.ts';
import type { HealthObjects, HealthPlaces } from './health/health-objects.ts';
import { readHealth } from './health/read-health.ts';
import { type Access, readAccess, type TapTarget, tapRules } from './rights/access.ts';
import { toGrant } from './rights/access-grant.ts';
import type { AccessRule } from './rights/missing-rule.ts';
import { isPersonAllowed, type KubernetesPerson, readReviewAccess } from './rights/person-access.ts';
import { createTapTransport } from './tap-transport.ts';
import { createInventorySource, type InventorySource } from './watch/inventory-source.ts';

export interface Cluster {
  readonly server: string;
  /** Which credential speaks for us, for people. */
  readonly identity: string;
  readonly inventory: InventorySource;
  readonly tap: ReturnType<typeof createTapTransport>;
  tapAccess(target: TapTarget, signal?: AbortSignal): Promise<Access>;
  /** Whether we may ask what others may. */
  reviewAccess(signal?: AbortSignal): Promise<Access>;
  /** All of the rules. */
  personMay(person: KubernetesPerson, rules: readonly AccessRule[]): Promise<boolean>;
  personMayTap(person: KubernetesPerson, target: TapTarget): Promise<boolean>;
  /** The objects that only a look at health needs. */
  readHealth(places: HealthPlaces, signal?: AbortSignal): Promise<HealthObjects>;
  /** One object of policy, as text. */
  readAskedObject(params: ObjectRef, signal?: AbortSignal): Promise<Told<AskedObject>>;
  readLimitsOf(of: ObjectRef, signal?: AbortSignal): Promise<ObjectRef[]>;
  readEvents(involved: Involved, signal?: AbortSignal): Promise<Told<KeptEvent[]>>;
  /** The manifest that grants the rule to the identity in use. */
  grantOf(rule: AccessRule, signal?: AbortSignal): Promise<string>;
  openPrometheus(signal: AbortSignal): Promise<OpenedPrometheus>;
  close(): Promise<void>;
}

export interface ClusterOptions extends Omit<KubernetesClientOptions, 'proxy'> {
  readonly now: () => number;
  readonly random: () => number;
  /** Asked besides the context's own where the whole cluster is refused. */
  readonly namespaces?: readonly string[];
}

export function openCluster(options: ClusterOptions): Cluster {
  const { now, random } = options;
  const client = createKubernetesClient({ ...options, proxy: proxyOf(options) });
  const own = options.cluster.namespace;
  const namespaces = [...(own === null ? [] : [own]), ...(options.namespaces ?? [])];
  const inventory = createInventorySource({ client, namespaces, now, random });

  async function personMay(person: KubernetesPerson, rules: readonly AccessRule[]): Promise<boolean> {
    const answers = await Promise.all(rules.map((rule) => isPersonAllowed(client, person, rule)));
    return answers.every(Boolean);
  }

  return {
    server: client.server,
    identity: client.identity,
    inventory,
    tap: createTapTransport(client),
    tapAccess: (target, signal) => readAccess(client, tapRules(target), signal),
    reviewAccess: (signal) => readReviewAccess(client, signal),
    personMay,
    personMayTap: (person, target) => personMay(person, tapRules(target)),
    readHealth: (places, signal) => readHealth(client, places, signal),
    readAskedObject: (params, signal) => readAskedObject(client, params, signal),
    readLimitsOf: (of, signal) => readLimitsOf(client, of, signal),
    readEvents: (involved, signal) => readEvents(client, involved, signal),
    grantOf: async (rule, signal) => toGrant([rule], await readIdentity(client, signal)),
    openPrometheus: (signal) =>
      openPrometheus({ client, isInside: options.cluster.context === null, namespaces }, signal),

    async close() {
      inventory.close();
      await client.close();
    },
  };
}

/** What the kubeconfig names wins over the environment, as in kubectl. */
function proxyOf({ cluster, environment }: ClusterOptions): ProxyServer | null {
  const { proxyUrl, server, origin } = cluster;
  if (proxyUrl !== null) return { url: new URL(proxyUrl), namedBy: `proxy-url in ${origin}` };
  return chooseProxy(server, environment, { knowsAllProxy: false });
}
