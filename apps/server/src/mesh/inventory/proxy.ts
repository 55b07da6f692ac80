// The proxy of a pod: whether there is one, whose it is, which version, and which identity it speaks with.

import type { ContainerObject, PodObject } from '../../sources/kubernetes/watch/objects.ts';

const CONTROL_PLANE_LABEL = 'linkerd.io/control-plane-ns';

/** The namespace of the control plane that the pod belongs to; null without a proxy. */
export function controlPlaneOf(pod: PodObject): string | null {
  return pod.meta.labels[CONTROL_PLANE_LABEL] ?? null;
}

/** Meshed as `linkerd viz stat` means it: by the label. `home` null: any control plane will do. */
export function isMeshed(pod: PodObject, home: string | null): boolean {
  const controlPlane = controlPlaneOf(pod);
  return controlPlane !== null && (home === null || controlPlane === home);
}

/** The proxy may be a container, or (since 2.20 by default) an init container that goes on running. */
export function proxyContainer({ containers }: PodObject): ContainerObject | null {
  return containers.find(({ name }) => name === 'linkerd-proxy') ?? null;
}

export function proxyVersion(pod: PodObject): string | null {
  const annotated = pod.meta.annotations['linkerd.io/proxy-version'];
  if (annotated) return annotated;
  const image = proxyContainer(pod)?.image ?? '';
  if (image.includes('@')) return null;
  return /:([^:/]+)$/.exec(image)?.[1] ?? null;
}

/** `SERVICE-ACCOUNT.NAMESPACE.serviceaccount.identity.CONTROL-PLANE.TRUST-DOMAIN`; null without a proxy. */
export function identityOf(pod: PodObject): string | null {
  const environment = proxyContainer(pod)?.environment;
  const template = environment?.['LINKERD2_PROXY_IDENTITY_LOCAL_NAME'];
  if (!environment || !template) return null;
  const known: Readonly<Record<string, string>> = {
    ...environment,
    _pod_sa: pod.serviceAccount,
    _pod_ns: pod.meta.namespace,
  };
  return template.replaceAll(/\$\(([^)]+)\)/g, (whole, name: string) => known[name] ?? whole);
}

/** Pods that count: pending or running, and not on their way out. */
export function isRunning({ phase, meta }: PodObject): boolean {
  return (phase === 'Pending' || phase === 'Running') && !meta.deleting;
}
