// Under which path a browser reaches this server, when a proxy in front takes a part of it off. Pure.

import { withoutEndSlashes } from '../end-slashes.ts';

const PATH = /^(\/[A-Za-z0-9._~-]+)+$/;

/**
 * What the proxy took off (`X-Forwarded-Prefix`), then the base path; without a trailing slash. Whoever asks may write
 * that header: it only leads the asker astray, and never to another site.
 */
export function publicPath(
  forwardedPrefix: string | readonly string[] | undefined,
  basePath: string,
): string {
  const [first = ''] = String(forwardedPrefix ?? '').split(',');
  const prefix = withoutEndSlashes(first.trim());
  if (!PATH.test(prefix) || prefix.split('/').some((part) => part === '.' || part === '..')) return basePath;
  // A proxy that names the path but leaves it on says nothing that the base path does not say.
  return basePath !== '' && prefix.endsWith(basePath) ? prefix : `${prefix}${basePath}`;
}
