// Every check that is made, in the order in which they are told.

import { ACCESS_CHECKS } from './access-checks.ts';
import { CERTIFICATE_CHECKS } from './certificate-checks.ts';
import { CNI_CHECKS } from './cni-checks.ts';
import { CONFIG_CHECKS } from './config-checks.ts';
import { DATA_PLANE_CHECKS } from './data-plane-checks.ts';
import { EXISTENCE_CHECKS } from './existence-checks.ts';
import { IDENTITY_CHECKS } from './identity-checks.ts';
import { KUBERNETES_CHECKS } from './kubernetes-checks.ts';
import { MESH_CHECKS } from './mesh-checks.ts';
import { METRICS_CHECKS } from './metrics-checks.ts';
import { MULTICLUSTER_CHECKS } from './multicluster-checks.ts';
import { NETWORK_CHECKS } from './network-checks.ts';
import type { CheckRule } from './verdict.ts';
import { VERSION_CHECKS } from './version-checks.ts';
import { VIZ_CHECKS } from './viz-checks.ts';
import { WEBHOOK_CHECKS } from './webhook-checks.ts';

export const CHECK_RULES: readonly CheckRule[] = [
  ...METRICS_CHECKS,
  ...KUBERNETES_CHECKS,
  ...EXISTENCE_CHECKS,
  ...NETWORK_CHECKS,
  ...CONFIG_CHECKS,
  ...CNI_CHECKS,
  ...IDENTITY_CHECKS,
  ...WEBHOOK_CHECKS,
  ...VERSION_CHECKS,
  ...DATA_PLANE_CHECKS,
  ...VIZ_CHECKS,
  ...MULTICLUSTER_CHECKS,
  ...MESH_CHECKS,
  ...CERTIFICATE_CHECKS,
  ...ACCESS_CHECKS,
];
