// What is known of the gateway of another cluster, as `linkerd multicluster gateways` prints it and a little more. Pure.

import type { Gateway } from '@latchwork/shared/health/checks';
import { counted } from './count.ts';
import { rateText, threeDigits } from './rate.ts';

export interface GatewayState {
  readonly tone: 'good' | 'bad' | 'none';
  readonly text: string;
}

export function gatewayState({ alive }: Gateway): GatewayState {
  if (alive === null) return { tone: 'none', text: 'not probed' };
  return alive ? { tone: 'good', text: 'alive' } : { tone: 'bad', text: 'no answer' };
}

export function gatewayFacts(gateway: Gateway): string {
  const { address, probesPerSecond, latencyP50Ms, latencyP95Ms, services, serviceMirror } = gateway;
  return [
    address ?? 'no gateway: a flat network',
    probesPerSecond === null ? '' : `${rateText(probesPerSecond)} probes`,
    latencyP50Ms === null ? '' : `p50 ${threeDigits(latencyP50Ms)} ms`,
    latencyP95Ms === null ? '' : `p95 ${threeDigits(latencyP95Ms)} ms`,
    services === null ? '' : `${counted(services, 'service')} mirrored`,
    serviceMirror === null ? '' : `mirror ${serviceMirror.ready} of ${serviceMirror.pods} ready`,
  ]
    .filter(Boolean)
    .join(', ');
}
