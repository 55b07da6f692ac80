// Why a tap cannot be had, in words, with what to do. Reads what the tap API, the API server and Node say; asks nobody.

import { failureWords } from '../../network/failure-words.ts';
import { SourceError } from '../source-error.ts';
import { type TapTarget, tapTargetName } from './target.ts';

interface Explanation {
  readonly when: RegExp;
  readonly kind: SourceError['kind'];
  /** Null keeps what was said. */
  readonly message: string | null;
  readonly remedy: (target: TapTarget) => string;
}

const NO_PERMISSION: Explanation = {
  when: /not authorized|forbidden|authorization failed/i,
  kind: 'refused',
  message: null,
  remedy: ({ namespace, workload }) =>
    `grant the identity in use the verb watch on ${workload ? `${workload.kind}s/tap` : 'tap and namespaces/tap'} of tap.linkerd.io in ${namespace}, such as: kubectl create clusterrolebinding latchwork-tap --clusterrole=linkerd-linkerd-viz-tap-admin --user=YOU`,
};

/** The first that fits counts. */
const SAID: readonly Explanation[] = [
  {
    when: /tap not enabled/,
    kind: 'refused',
    message: null,
    remedy: (target) => `these pods are older than linkerd-viz: ${madeAgain(target)}`,
  },
  {
    when: /disable-tap/,
    kind: 'refused',
    message: null,
    remedy: () => 'remove the annotation viz.linkerd.io/disable-tap from these pods and restart them',
  },
  {
    when: /no pods to tap/,
    kind: 'refused',
    message: null,
    remedy: ({ namespace }) =>
      `none of its pods has a Linkerd proxy: kubectl annotate namespace ${namespace} linkerd.io/inject=enabled, then restart its pods`,
  },
  {
    when: /not found/,
    kind: 'refused',
    message: null,
    remedy: ({ namespace }) =>
      `look for its name: kubectl -n ${namespace} get deployments,statefulsets,daemonsets,jobs,pods`,
  },
  NO_PERMISSION,
  {
    when: /did not match|Bad Request|illegal|proto/i,
    kind: 'bad-answer',
    message: null,
    remedy: () =>
      'the tap service understands another version of the request: check that linkerd-viz is 2.11 or newer',
  },
];

/** Kinds that `rollout restart` takes. */
const ROLLED_OUT: readonly string[] = ['deployment', 'statefulset', 'daemonset'];

/** Of a namespace some pods are too old, and nobody may restart all of it for those. */
function madeAgain({ namespace, workload }: TapTarget): string {
  if (workload === null)
    return `restart what the oldest of them belong to: kubectl -n ${namespace} get pods --sort-by=.metadata.creationTimestamp`;
  const { kind, name } = workload;
  if (ROLLED_OUT.includes(kind)) return `kubectl -n ${namespace} rollout restart ${kind}/${name}`;
  return kind === 'cronjob' || kind === 'job'
    ? `its next run can be tapped; look at kubectl -n ${namespace} get ${kind} ${name}`
    : `they can be tapped when they were made again; see what makes them: kubectl -n ${namespace} get ${kind} ${name} -o yaml`;
}

const BY_STATUS: Readonly<Record<number, Omit<Explanation, 'when'>>> = {
  401: {
    kind: 'refused',
    message: 'the API server does not know who asks',
    remedy: () =>
      'give --tap-url a server that adds credentials, such as http://127.0.0.1:8001 of kubectl proxy',
  },
  403: { ...NO_PERMISSION, message: 'this identity may not tap' },
  404: {
    kind: 'refused',
    message: 'there is no tap API here',
    remedy: () =>
      'install linkerd-viz, or look at: kubectl get apiservice v1alpha1.tap.linkerd.io; --tap-url wants the server alone, without a path of the API',
  },
  502: {
    kind: 'unreachable',
    message: 'something in between could not reach the API server',
    remedy: () => 'check that the server of --tap-url runs',
  },
  503: {
    kind: 'unreachable',
    message: 'the API server cannot reach the tap service',
    remedy: () =>
      'look at kubectl -n linkerd-viz get pods -l component=tap; on a private cluster let the control plane reach port 8089 of the nodes',
  },
};

function sourceError(
  explanation: Omit<Explanation, 'when'>,
  target: TapTarget,
  said: string,
  status?: number,
): SourceError {
  const message = [explanation.message, said].filter(Boolean).join(': ');
  return new SourceError({
    source: 'tap',
    kind: explanation.kind,
    message: `tap of ${tapTargetName(target)}: ${message}`,
    remedy: explanation.remedy(target),
    status,
  });
}

/** What the tap API said about itself, in a frame or in the header of an answer. */
export function toTapError(said: string, target: TapTarget): SourceError {
  const text = said.trim().slice(0, 2_000);
  const explanation = SAID.find(({ when }) => when.test(text)) ?? {
    kind: 'bad-answer' as const,
    message: null,
    remedy: () => 'the log of the tap service says more: kubectl -n linkerd-viz logs deploy/tap -c tap',
  };
  return sourceError(explanation, target, text);
}

/** An answer that is no stream: `text` is its body, perhaps a Kubernetes Status or the tap's own JSON. */
export function toStatusError(status: number, text: string, target: TapTarget): SourceError {
  const said = saidIn(text);
  const explanation = BY_STATUS[status] ?? {
    kind: 'bad-answer' as const,
    message: `answered status ${status}`,
    remedy: () => 'check that --tap-url is a Kubernetes API server, or a proxy to one',
  };
  return sourceError(explanation, target, said, status);
}

function saidIn(text: string): string {
  try {
    const json = JSON.parse(text) as { message?: unknown; error?: unknown };
    const said = json.message ?? json.error;
    return typeof said === 'string' ? said.slice(0, 500) : '';
  } catch {
    return /^\s*</.test(text) ? 'a web page instead of JSON' : text.trim().slice(0, 200);
  }
}

export function toConnectionError(error: unknown, target: TapTarget, url: string): SourceError {
  const { code, message } = error as NodeJS.ErrnoException;
  const timedOut = /no connection within/.test(message);
  return new SourceError({
    source: 'tap',
    kind: timedOut ? 'timed-out' : 'unreachable',
    message: `tap of ${tapTargetName(target)}: ${url} cannot be reached: ${failureWords({ code, message })}`,
    remedy: 'check --tap-url, and that the server behind it runs',
    cause: error,
  });
}

export function toBrokenStreamError(what: string, target: TapTarget, cause?: unknown): SourceError {
  return new SourceError({
    source: 'tap',
    kind: 'bad-answer',
    message: `tap of ${tapTargetName(target)}: ${what}`,
    remedy:
      'the stream is opened again by itself; when it keeps breaking, look at what is between here and the tap service',
    cause,
  });
}
