// Makes `app.links` available: signs links to embedded pictures, reads them, and knows which were ended.

import { randomBytes } from 'node:crypto';
import fp from 'fastify-plugin';
import { createSecretFile } from '../secret-file.ts';
import { parseEndedLinks } from '../security/links/ended-links.ts';
import { parseLinkKeys } from '../security/links/link-keys.ts';
import {
  type LinkKey,
  type LinkReading,
  type LinkScope,
  readLink,
  signLink,
} from '../security/links/signed-link.ts';

export interface SignedLink extends LinkScope {
  readonly linkId: string;
  readonly keyId: string;
  readonly expiresAtSeconds: number;
  readonly signedBy: string;
}

export interface Links {
  readonly canSign: boolean;
  readonly mostDays: number;
  read(link: string): Promise<LinkReading>;
  /** With the first key; null when there is none. */
  sign(
    scope: LinkScope,
    validForSeconds: number,
    signedBy: string,
  ): Promise<(SignedLink & { readonly link: string }) | null>;
  /** Those that this process signed, the newest first; the log has all. */
  signed(): readonly SignedLink[];
}

declare module 'fastify' {
  interface FastifyInstance {
    links: Links;
  }
}

export interface LinksOptions {
  readonly keyFile: string | null;
  readonly endedFile: string | null;
  readonly mostDays: number;
  readonly nowMs: () => number;
}

const MOST_REMEMBERED = 500;

export const linksPlugin = fp<LinksOptions>(
  async (app, { keyFile, endedFile, mostDays, nowMs }) => {
    const file = keyFile === null ? null : createSecretFile(keyFile, parseLinkKeys);
    const ended = endedFile === null ? null : createSecretFile(endedFile, parseEndedLinks);
    const remembered: SignedLink[] = [];

    /** Without keys no link opens anything: a file that is gone or broken ends all of them. */
    async function keys(): Promise<readonly LinkKey[]> {
      try {
        return file ? await file.read() : [];
      } catch (err) {
        app.log.error({ err }, 'the keys of signed links cannot be read');
        return [];
      }
    }

    let endedBefore: ReadonlySet<string> | null = null;
    function noteEnded(now: ReadonlySet<string>): void {
      if (endedBefore !== null && now !== endedBefore)
        for (const linkId of now)
          if (!endedBefore.has(linkId)) app.record.note('link-ended', null, { linkId });
      endedBefore = now;
    }
    await ended?.read().then(noteEnded, () => undefined);

    /** A list that cannot be read ends every link: which of them were ended is not known. */
    async function isEnded(linkId: string): Promise<boolean> {
      try {
        if (!ended) return false;
        const now = await ended.read();
        noteEnded(now);
        return now.has(linkId);
      } catch (err) {
        app.log.error({ err }, 'the list of ended links cannot be read');
        return true;
      }
    }

    app.decorate('links', {
      canSign: file !== null,
      mostDays,
      async read(link) {
        const reading = readLink(link, await keys(), nowMs() / 1000);
        return 'fault' in reading || !(await isEnded(reading.linkId)) ? reading : { fault: 'revoked' };
      },
      async sign(scope, validForSeconds, signedBy) {
        const [key] = await keys();
        if (!key) return null;
        const expiresAtSeconds = Math.floor(nowMs() / 1000) + validForSeconds;
        const linkId = randomBytes(9).toString('base64url');
        const link = signLink(scope, expiresAtSeconds, key, linkId);
        const signed = { ...scope, linkId, keyId: key.id, expiresAtSeconds, signedBy };
        remembered.unshift(signed);
        remembered.splice(MOST_REMEMBERED);
        return { ...signed, link };
      },
      signed: () => remembered.filter(({ expiresAtSeconds }) => expiresAtSeconds * 1000 > nowMs()),
    } satisfies Links);
  },
  { name: 'links', dependencies: ['record'] },
);
