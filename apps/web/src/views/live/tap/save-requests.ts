// Takes the listed requests along as a file: one in JSON on each line, as the server sent them. Secrets never came here.

import type { TappedRequest } from '@latchwork/shared/tap/tap';
import { saveText } from '../../../format/save-as.ts';

export function toNdjson(requests: readonly TappedRequest[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join('');
}

export function saveRequests(requests: readonly TappedRequest[]): void {
  const name = `tap-${(requests[0]?.at ?? '').slice(0, 19).replaceAll(':', '-')}.ndjson`;
  saveText(name, toNdjson(requests), 'application/x-ndjson');
}
