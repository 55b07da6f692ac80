// Commands for the reader's shell: the same tap with Linkerd's own program, and one request again with curl. Pure.

import type { TappedRequest } from '@latchwork/shared/tap/tap';
import type { TapParams } from '@latchwork/shared/tap/tap-params';

/** Made by clients and proxies for each request anew: copied, they would be wrong. */
const OWN_HEADERS = /^(:|host$|content-length$|connection$|transfer-encoding$|te$|l5d-|grpc-)/;

export function linkerdCommand(params: TapParams, verb: 'tap' | 'top' = 'tap'): string {
  const { namespace, kind, name, toNamespace, toKind, toName, labelSelector } = params;
  const target = kind && name ? `${kind}/${name} -n ${namespace}` : `namespace/${namespace}`;
  const to =
    toKind && toName
      ? ` --to ${toKind}/${toName} --to-namespace ${toNamespace ?? namespace}`
      : toNamespace
        ? ` --to namespace/${toNamespace}`
        : '';
  const flags = [
    ['method', params.method],
    ['path', params.path],
    ['authority', params.authority],
    ['scheme', params.scheme],
    ['selector', labelSelector],
    ['max-rps', params.maxRps?.toString()],
  ] as const;
  const more = flags.map(([flag, value]) => (value ? ` --${flag} ${quoted(value)}` : '')).join('');
  return `linkerd viz ${verb} ${target}${to}${more}`;
}

/** Without what was withheld, of which a comment reminds; a body is not in a tap. */
export function curlCommand({ method, scheme, authority, path, requestHeaders }: TappedRequest): string {
  const known = requestHeaders.filter(({ name, value }) => value !== null && !OWN_HEADERS.test(name));
  const withheld = requestHeaders.filter(({ value }) => value === null).map(({ name }) => name);
  const headers = known.map(({ name, value }) => ` \\\n  -H ${quoted(`${name}: ${value}`)}`).join('');
  const reminder = withheld.length > 0 ? `# withheld here: ${withheld.join(', ')}\n` : '';
  return `${reminder}curl -X ${method} ${quoted(`${scheme || 'http'}://${authority}${path}`)}${headers}`;
}

function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
