// Requests in the place of responses, for a store that keeps none of those: how many there are, not how they end. Text only.

import type { PrometheusClient } from '../client.ts';

type Side = 'inbound' | 'outbound';

/** The same client, asking for requests where the store, at the time of asking, has no responses of a side. */
export function withRequestsOnly(client: PrometheusClient, sides: () => readonly Side[]): PrometheusClient {
  return {
    query: (text, options) => client.query(inRequests(text, sides()), options),
    queryRange: (text, options) => client.queryRange(inRequests(text, sides()), options),
    close: () => client.close(),
  };
}

/** Both families have the same labels, but for those that tell how a request ended. */
export function inRequests(text: string, sides: readonly Side[]): string {
  return sides.reduce(
    (asked, side) =>
      asked.replace(new RegExp(`\\bresponse_total(?=\\{direction="${side}")`, 'g'), 'request_total'),
    text,
  );
}
