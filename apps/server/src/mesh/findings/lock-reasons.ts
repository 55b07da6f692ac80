// Why calls are not encrypted, in plain words: one explanation for each reason that proxies give. Metrics alone fit several
// causes, so they are listed with how to tell them apart; only Kubernetes' objects could name the one.

import type { Node } from '@latchwork/shared/node';
import type { Explanation } from './lock-explanation.ts';
import { callersWithoutMtls, portSkipped } from './lock-reasons-caller.ts';
import { noIdentityFound } from './lock-reasons-target.ts';

/** `target` is null when the node is unknown; `partly`: other calls of the edge are encrypted. */
export function explainReason(reason: string, target: Node | null, partly: boolean): Explanation {
  switch (reason) {
    case 'not_provided_by_service_discovery':
      return noIdentityFound(target, partly);
    case 'no_tls_from_remote':
      return callersWithoutMtls(target);
    case 'port_skipped':
      return portSkipped(target);
    case 'loopback':
      return {
        what: 'The pod calls itself',
        evidence: 'This traffic stays inside one pod, so nothing crosses the network and no mTLS is needed.',
        remedy: 'Nothing.',
        causes: [],
      };
    case 'ingress_without_override':
    case 'ingress_non_http':
      return ingressMode(reason);
    case 'not_http':
    case 'no_authority_in_http_request':
      return {
        what: 'An old proxy could not tell where this goes',
        evidence: 'Proxies up to 2.8 secure only HTTP with a host name. Newer ones secure all TCP.',
        remedy: 'Restart its pods after an upgrade of Linkerd.',
        causes: [],
      };
    case 'not_provided_by_remote':
      return callersWithoutMtls(target);
    case 'no_client_identity':
      return {
        what: 'TLS, but the caller showed no identity',
        evidence:
          'The connection is encrypted by Linkerd, and nobody vouches for who is at its other end. The proxies themselves call the control plane so.',
        remedy: 'Nothing, where it is a proxy that calls the control plane; else see in Live who calls.',
        causes: [],
      };
    case 'opaque':
      return {
        what: "The application's own TLS",
        evidence:
          'The connection is encrypted before the proxy sees it, so the mesh cannot tell who is at its other end.',
        remedy: 'Nothing, where the application is to do its own TLS.',
        causes: [],
      };
    case 'tls_label_missing':
      return {
        what: 'The label tls is missing',
        evidence:
          'These series do not say whether they are encrypted: the scrape configuration drops the label, or the proxy is older than Linkerd 2.9.',
        remedy:
          'Keep the label tls in the scrape configuration, and restart pods with proxies older than Linkerd 2.9.',
        causes: [],
      };
    case 'disabled':
      return {
        what: 'The proxy runs without an identity',
        evidence:
          'Old proxies could be started without one. Since 2.12 every proxy has an identity, so an upgrade removes this.',
        remedy: 'Upgrade Linkerd, and restart the pods.',
        causes: [],
      };
    default:
      return {
        what: 'Not secured',
        evidence: `The proxy gives a reason that there is no advice for: ${reason || 'none at all'}.`,
        remedy: 'Look the reason up in the documentation of Linkerd.',
        causes: [],
      };
  }
}

function ingressMode(reason: string): Explanation {
  return {
    what: 'The proxy runs in ingress mode',
    evidence:
      reason === 'ingress_non_http'
        ? 'Proxies of 2.10 in ingress mode secure HTTP only.'
        : 'In ingress mode a request is secured only when it carries the header l5d-dst-override.',
    remedy: 'Let the ingress set that header, or run its proxy without ingress mode.',
    causes: [],
  };
}
