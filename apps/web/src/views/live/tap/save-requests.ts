// Takes the listed requests along as a file: one in JSON on each line, as the server sent them. Secrets never came here.

import type { TappedRequest } from '@latchwork/shared/tap';

export function toNdjson(requests: readonly TappedRequest[]): string {
  return requests.map((request) => `${JSON.stringify(request)}\n`).join('');
}

export function saveRequests(requests: readonly TappedRequest[]): void {
  const url = URL.createObjectURL(new Blob([toNdjson(requests)], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `tap-${(requests[0]?.at ?? '').slice(0, 19).replaceAll(':', '-')}.ndjson`;
  link.click();
  // The browser has it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
