// What the control plane was installed with, as far as a check asks: the values in linkerd-config.

import { parse } from 'yaml';
import { listOf, rawOf, textOr } from '../../sources/kubernetes/api/raw.ts';
import { known, type Told } from '../../sources/told.ts';

export interface ControlPlaneConfig {
  readonly version: string | null;
  readonly clusterNetworks: readonly string[];
  readonly isHighlyAvailable: boolean;
  readonly hasHeartbeat: boolean;
  readonly hasCni: boolean;
  readonly initRunsAsRoot: boolean;
  readonly inboundPolicy: string;
  readonly opaquePorts: string;
  readonly issuerScheme: string;
  /** For how long a proxy's certificate is valid. */
  readonly issuanceSeconds: number;
  /** PEM of the issuer, where it was given at the installation; its key is elsewhere. */
  readonly issuer: string | null;
}

export const DEFAULT_OPAQUE = '25,587,3306,4444,5432,6379,9300,11211';
export const DAY_SECONDS = 86_400;
/** Far more than Helm writes. */
const MOST_CHARACTERS = 1 << 20;

export function toControlPlaneConfig(text: Told<string>, home: string | null): Told<ControlPlaneConfig> {
  if (text.state !== 'known') return text;
  const values = valuesOf(text.value);
  if (values === null)
    return {
      state: 'untold',
      why: 'the values in ConfigMap linkerd-config cannot be read as YAML',
      remedy: `look at them: kubectl -n ${home ?? 'linkerd'} get configmap linkerd-config -o yaml`,
      right: null,
    };
  const proxy = rawOf(values['proxy']);
  const issuer = rawOf(rawOf(values['identity'])['issuer']);
  const networks = values['clusterNetworks'];
  return known({
    version: textOr(values['linkerdVersion'], null),
    clusterNetworks: (Array.isArray(networks)
      ? listOf(networks).map(String)
      : textOr(networks, '').split(',')
    )
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    isHighlyAvailable: values['highAvailability'] === true,
    hasHeartbeat: values['disableHeartBeat'] !== true,
    hasCni: values['cniEnabled'] === true || rawOf(values['cni'])['enabled'] === true,
    initRunsAsRoot: rawOf(values['proxyInit'])['runAsRoot'] === true,
    inboundPolicy: textOr(proxy['defaultInboundPolicy'], 'all-unauthenticated'),
    opaquePorts: textOr(proxy['opaquePorts'], DEFAULT_OPAQUE),
    issuerScheme: textOr(issuer['scheme'], ''),
    issuanceSeconds: secondsIn(textOr(issuer['issuanceLifetime'], '')) ?? DAY_SECONDS,
    issuer: textOr(rawOf(issuer['tls'])['crtPEM'], null),
  });
}

/** As Go writes it: `24h0m0s`. */
function secondsIn(text: string): number | null {
  const [, hours, minutes, seconds] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.\d+)?s)?$/.exec(text) ?? [];
  const all = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return all > 0 ? all : null;
}

function valuesOf(text: string) {
  if (text.length > MOST_CHARACTERS) return null;
  try {
    const values: unknown = parse(text, { maxAliasCount: 20 });
    return typeof values === 'object' && values !== null ? rawOf(values) : null;
  } catch {
    return null;
  }
}
