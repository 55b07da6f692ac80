// How the control plane is put back or changed: by the way it was installed, and in the version that runs. A command line of
// another version would upgrade it, and one beside Helm would be undone by the next release.

import type { HealthView } from '../health-view.ts';
import { controlPlaneVersion } from './version-checks.ts';

/** `linkerd/cli edge-26.8.3` or `linkerd/helm edge-26.8.3`: on every pod of the control plane. */
const CREATED_BY = 'linkerd.io/created-by';
const COMPONENT = 'linkerd.io/control-plane-component';
/** As a shell takes it without quotes. */
const PLAIN_VERSION = /^[A-Za-z0-9][\w.+-]*$/;

interface Advice {
  readonly remedy: string;
  readonly command: string;
}

interface Change {
  /** Of `linkerd upgrade`. */
  readonly flags?: string;
  /** Run once that is applied. */
  readonly after?: string;
}

export const INSTALL: Advice = {
  remedy: 'Install the control plane, or look at the cluster in which it is.',
  command: 'linkerd install | kubectl apply -f -',
};

export function repair(view: HealthView): Advice {
  return upgrade(view, 'Install the control plane again: it puts back what is missing.');
}

/** Where there is none at all, something else helps. */
export function repairOrInstall(view: HealthView): Advice {
  return view.home === null ? INSTALL : repair(view);
}

export function upgrade(view: HealthView, remedy: string, { flags, after }: Change = {}): Advice {
  const home = view.home ?? 'linkerd';
  const version = controlPlaneVersion(view);
  const installer = installerOf(view);
  if (installer === 'helm')
    return {
      remedy: `${remedy} It was installed with Helm: upgrade its release, to the version of the chart that it has.`,
      command: 'helm list -A --filter linkerd',
    };
  if (installer === null || version === null || !PLAIN_VERSION.test(version))
    return {
      remedy: `${remedy} Do so by the way it was installed, in the version that runs.`,
      command: `kubectl -n ${home} get pods -o jsonpath='{.items[*].metadata.annotations.linkerd\\.io/created-by}'`,
    };
  const words = ['linkerd upgrade', flags, `--linkerd-namespace ${home} | kubectl apply -f -`];
  return {
    remedy: `${remedy} The command does nothing unless the command line is of version ${version}, which runs.`,
    command: [
      `test "$(linkerd version --client --short)" = ${version}`,
      words.filter(Boolean).join(' '),
      ...(after ? [after] : []),
    ].join(' && '),
  };
}

function installerOf({ state, home }: Pick<HealthView, 'state' | 'home'>): 'cli' | 'helm' | null {
  if (state.state !== 'known') return null;
  const said = state.value.objects.pods.flatMap(({ meta }) =>
    meta.namespace === home && meta.labels[COMPONENT] ? (meta.annotations[CREATED_BY] ?? []) : [],
  );
  const [, tool] = /^linkerd\/(cli|helm)\b/.exec(said[0] ?? '') ?? [];
  return tool === 'cli' || tool === 'helm' ? tool : null;
}
