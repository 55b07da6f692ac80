// What top and tap are asked: one workload or namespace, and what of its requests.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import { flag, type SettingsOf, toggle } from '../flags/flag.ts';
import { oneOf, text, wholeNumber } from '../flags/plain-values.ts';
import { SCOPE_FLAGS } from './asking/asking-flags.ts';
import { resourceOf, resourcesOf, WORKLOAD_KINDS } from './asking/resources.ts';

const HERE = { hasVariable: false };
const KINDS = [...WORKLOAD_KINDS, 'namespace'];

export const TAPPING_FLAGS = {
  namespaces: SCOPE_FLAGS.namespaces,
  to: flag('to', 'TYPE/NAME', 'Only what it sends there', text, HERE),
  toNamespace: flag('to-namespace', 'NAME', 'The namespace of --to', text, HERE),
  maxRps: flag(
    'max-rps',
    'NUMBER',
    'At most so many requests a second, of all pods',
    wholeNumber(1, 10_000),
    HERE,
  ),
  scheme: flag('scheme', 'WORD', 'Only http or https', oneOf(['http', 'https'] as const), HERE),
  method: flag('method', 'METHOD', 'Only this method', text, HERE),
  authority: flag('authority', 'NAME', 'Only this authority', text, HERE),
  path: flag('path', 'PREFIX', 'Only paths that begin so', text, HERE),
  selector: flag('selector', 'LABELS', 'Only pods with these labels', text, { ...HERE, short: 'l' }),
  noise: toggle('noise', 'With probes, scrapes and taps', HERE),
  seconds: flag('for', 'SECONDS', 'End after so many seconds', wholeNumber(1, 86_400), HERE),
} as const;

/** Where the time was over before the first answer. */
export const NOTHING_SAID = 'nothing was said in that time';

type TappingSettings = SettingsOf<typeof TAPPING_FLAGS>;

/** Throws for what a tap cannot be asked. */
export function tapParams(settings: TappingSettings, words: readonly string[]): TapParams {
  const [resource, ...more] = resourcesOf(words, KINDS);
  if (!resource || more.length > 0)
    throw new Error('name one workload or namespace, such as deploy/web or ns/shop');
  const { to, toNamespace, maxRps, scheme, method, authority, path, selector, noise } = settings;
  const end = to === null ? null : resourceOf(to, KINDS);
  if (end && end.name === null) throw new Error(`--to "${to}" has no name: write TYPE/NAME`);
  const toParams =
    end?.kind === 'namespace'
      ? { toNamespace: end.name ?? '' }
      : {
          ...(end ? { toKind: end.kind, toName: end.name ?? '' } : {}),
          ...(toNamespace === null ? {} : { toNamespace }),
        };
  return {
    ...targetOf(resource, settings.namespaces),
    ...toParams,
    ...(maxRps === null ? {} : { maxRps }),
    ...(scheme === null ? {} : { scheme }),
    ...(method === null ? {} : { method }),
    ...(authority === null ? {} : { authority }),
    ...(path === null ? {} : { path }),
    ...(selector === null ? {} : { labelSelector: selector }),
    ...(noise ? { noise: 'show' as const } : {}),
  };
}

function targetOf(
  { kind, name }: { readonly kind: string; readonly name: string | null },
  [namespace, ...others]: readonly string[],
): Pick<TapParams, 'namespace' | 'kind' | 'name'> {
  if (others.length > 0) throw new Error('a tap is of one namespace: give --namespace once');
  if (kind === 'namespace') {
    if (name === null) throw new Error('name the namespace, such as ns/shop');
    return { namespace: name };
  }
  if (namespace === undefined) throw new Error('--namespace is missing: say where the workload is');
  if (name === null)
    throw new Error(`name one, such as ${kind}/web, or take the whole namespace: ns/${namespace}`);
  return { namespace, kind, name };
}

export function untilOf(
  { seconds }: Pick<TappingSettings, 'seconds'>,
  otherwise: number | null,
): AbortSignal | undefined {
  const most = seconds ?? otherwise;
  return most === null ? undefined : AbortSignal.timeout(most * 1000);
}
