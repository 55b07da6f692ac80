// Families that a collector keeps under a name of its own in front of that of the proxies (`linkerd_response_total`): questions are
// put into its words. Knows which names are families, not what they mean.

import type { PrometheusClient } from './client.ts';

/** The same client, in the words of the store at the time of asking. */
export function withFamilyPrefix(client: PrometheusClient, prefix: () => string): PrometheusClient {
  return {
    query: (text, options) => client.query(inFamiliesOf(text, prefix()), options),
    queryRange: (text, options) => client.queryRange(inFamiliesOf(text, prefix()), options),
    close: () => client.close(),
  };
}

/** Strings are left alone: they are values. */
const STRING = /("(?:[^"\\]|\\.)*")/;
/** Of a proxy. What the scrape says of itself (`up`) has no such name. */
const FAMILY =
  /\b(?:request|response|tcp|inbound|outbound|proxy|process|route|control|identity)_(?:\w+_)?(?:total|info|bucket|count|connections|seconds)\b/g;

function inFamiliesOf(text: string, prefix: string): string {
  if (prefix === '') return text;
  const pieces = text.split(STRING);
  return pieces
    .map((piece, i) => (i % 2 === 1 ? piece : piece.replace(FAMILY, (family) => prefix + family)))
    .join('');
}
