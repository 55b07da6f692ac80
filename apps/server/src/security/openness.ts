// What the settings leave open: whom everybody is taken for, and which files may change it. Pure.

import type { Config } from '../config.ts';
import type { Role } from './viewer.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

export function isLoopback({ host }: Pick<Config, 'host'>): boolean {
  return LOOPBACK.test(host);
}

/** Where nothing is asked for: whoever is at this machine may sign links, whoever comes over a network may not. */
export function roleOfAnybody(config: Pick<Config, 'host'>): Role {
  return isLoopback(config) ? 'signer' : 'tapper';
}

export function isGuarded({ access }: Pick<Config, 'access'>): boolean {
  return access.tokenFile !== null || access.oidc.issuer !== null || access.userHeader !== null;
}

/** What may end what somebody was let in by. */
export function secretFiles({ access, embed }: Pick<Config, 'access' | 'embed'>): string[] {
  return [access.tokenFile, access.oidc.clientSecretFile, embed.keyFile, embed.endedFile].filter(
    (path) => path !== null,
  );
}
