// What the API server says of itself: groups, versions, resources. Null for paths that are not its.

import { groupVersion, RESOURCES, type Resource } from './resources.ts';

const VERSION = {
  major: '1',
  minor: '33',
  gitVersion: 'v1.33.4+mesh-sim',
  platform: 'linux/amd64',
};

const REVIEWS: readonly (readonly [group: string, name: string, kind: string])[] = [
  ['authorization.k8s.io', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview'],
  ['authorization.k8s.io', 'selfsubjectrulesreviews', 'SelfSubjectRulesReview'],
  ['authorization.k8s.io', 'subjectaccessreviews', 'SubjectAccessReview'],
  ['authentication.k8s.io', 'selfsubjectreviews', 'SelfSubjectReview'],
];

const TAP = { group: 'tap.linkerd.io', versions: ['v1alpha1'] };

function groups(hasTap: boolean): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const reviews = REVIEWS.map(([group]) => ({ group, versions: ['v1'] }));
  for (const { group, versions } of [...RESOURCES, ...reviews, ...(hasTap ? [TAP] : [])])
    if (group !== '') found.set(group, new Set([...(found.get(group) ?? []), ...versions]));
  return found;
}

/** Kubernetes puts v1 before v1beta3, and that before v1alpha1. */
function rank(version: string): number {
  const [, major = '0', stage = '', minor = '0'] = /^v(\d+)(alpha|beta)?(\d+)?$/.exec(version) ?? [];
  return (
    { '': 3e4, beta: 2e4, alpha: 1e4 }[stage as '' | 'beta' | 'alpha'] + Number(major) * 100 + Number(minor)
  );
}

function toGroup(name: string, versions: ReadonlySet<string>): object {
  const sorted = [...versions]
    .sort((a, b) => rank(b) - rank(a))
    .map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: sorted, preferredVersion: sorted[0] };
}

function toResource({ name, kind, namespaced, shortNames }: Resource): object {
  return {
    name,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs: ['get', 'list', 'watch'],
    shortNames,
  };
}

function resourceList(group: string, version: string): object | null {
  const own = RESOURCES.filter((one) => one.group === group && one.versions.includes(version)).map(
    toResource,
  );
  const reviews = REVIEWS.filter((one) => one[0] === group && version === 'v1').map(([, name, kind]) => ({
    name,
    singularName: '',
    namespaced: false,
    kind,
    verbs: ['create'],
  }));
  const forward =
    group === ''
      ? [
          {
            name: 'pods/portforward',
            singularName: '',
            namespaced: true,
            kind: 'PodPortForwardOptions',
            verbs: ['create', 'get'],
          },
        ]
      : [];
  const resources = [...own, ...reviews, ...forward];
  if (resources.length === 0) return null;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: groupVersion(group, version), resources };
}

/** `hasTap`: the tap extension is registered; its own list of resources comes from itself. */
export function discover(path: string, hasTap: boolean): object | null {
  if (path === '/version') return VERSION;
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/api/v1') return resourceList('', 'v1');
  const known = groups(hasTap);
  if (path === '/apis')
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [...known].map(([name, versions]) => toGroup(name, versions)),
    };
  const [, group = '', version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const versions = known.get(group);
  if (!versions) return null;
  if (version !== undefined) return resourceList(group, version);
  return { kind: 'APIGroup', apiVersion: 'v1', ...toGroup(group, versions) };
}
