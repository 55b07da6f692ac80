// Asks Kubernetes about the mesh's health: what is watched anyway, and the objects that only this needs.

import type { ClusterView } from '../../mesh/cluster/cluster-view.ts';
import type { HealthObjects, HealthPlaces } from '../../sources/kubernetes/health/health-objects.ts';
import type { Access, TapTarget } from '../../sources/kubernetes/rights/access.ts';
import { known, type Told, type Untold } from '../../sources/told.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import { toUntold } from './ask-store-health.ts';

/** What is needed of the cluster. */
export interface HealthCluster {
  readHealth(places: HealthPlaces, signal?: AbortSignal): Promise<HealthObjects>;
  tapAccess(target: TapTarget, signal?: AbortSignal): Promise<Access>;
}

export interface ClusterHealth {
  readonly view: Told<ClusterView>;
  readonly objects: Told<HealthObjects>;
  readonly tap: Told<Access>;
}

/** Where Linkerd lives unless something says otherwise. */
const USUAL_HOME = 'linkerd';
const CNI = 'linkerd-cni';

export async function askClusterHealth(
  cluster: HealthCluster,
  feed: ClusterFeed,
  signal: AbortSignal,
): Promise<ClusterHealth> {
  await feed.settled();
  const view = feed.current();
  const told: Told<ClusterView> = view ? known(view) : waiting(feed);
  const places = placesOf(view);
  const [objects, tap] = await Promise.all([
    asked(cluster.readHealth(places, signal)),
    asked(cluster.tapAccess({ namespace: places.controlPlane, resource: null, name: null }, signal)),
  ]);
  return { view: told, objects, tap };
}

function placesOf(view: ClusterView | null): HealthPlaces {
  return {
    controlPlane: view?.inventory.controlPlane?.namespace ?? USUAL_HOME,
    viz: view?.inventory.viz?.namespace ?? null,
    cni: view?.state.objects.daemonsets.find(({ meta }) => meta.name === CNI)?.meta.namespace ?? null,
  };
}

async function asked<T>(answer: Promise<T>): Promise<Told<T>> {
  try {
    return known(await answer);
  } catch (error) {
    return toUntold(error);
  }
}

function waiting(feed: ClusterFeed): Untold {
  const [part] = Object.values(feed.parts());
  return {
    state: 'untold',
    why: part?.message ?? 'the API server has not answered yet',
    remedy: 'ask again later; see whether the API server is reachable from here',
    right: null,
  };
}
