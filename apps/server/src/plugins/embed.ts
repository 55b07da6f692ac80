// Makes `app.embed` available: who may see an embedded picture, how much of the mesh it may show, and how links are signed.

import type { EmbedView } from '@latchwork/shared/embed';
import { EMBED_VIEWS } from '@latchwork/shared/embed';
import type { Graph } from '@latchwork/shared/graph';
import type { ScopeParams } from '@latchwork/shared/live';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Answer } from '../feeds/answer.ts';
import { sharedGraph } from '../feeds/shared-graph.ts';
import { createSecretFile } from '../secret-file.ts';
import { EmbedRefusal } from '../security/embed-refusal.ts';
import { parseLinkKeys } from '../security/link-keys.ts';
import { type LinkKey, type LinkScope, readLink, signLink } from '../security/signed-link.ts';

/** What somebody may see. `namespaces` null: everything, as on the page itself; else as a signed link shows it. */
export interface EmbedGrant {
  readonly namespaces: readonly string[] | null;
}

export interface Embed {
  readonly ancestors: readonly string[];
  readonly canSign: boolean;
  readonly needsLink: boolean;
  /** Throws an EmbedRefusal. */
  admit(request: FastifyRequest, link: string | undefined, view: EmbedView): Promise<EmbedGrant>;
  /** Throws an EmbedRefusal for namespaces that the grant does not have. */
  graph(grant: EmbedGrant, params: ScopeParams): Answer<Graph>;
  /** With the first key; null when there is none. */
  sign(scope: LinkScope, validForSeconds: number): Promise<SignedLink | null>;
}

export interface SignedLink {
  readonly link: string;
  readonly keyId: string;
  readonly expiresAtSeconds: number;
}

declare module 'fastify' {
  interface FastifyInstance {
    embed: Embed;
  }
}

export interface EmbedOptions {
  readonly ancestors: readonly string[];
  readonly keyFile: string | null;
  readonly nowMs: () => number;
}

export const embedPlugin = fp<EmbedOptions>(
  async (app, { ancestors, keyFile, nowMs }) => {
    const file = keyFile === null ? null : createSecretFile(keyFile, parseLinkKeys);

    /** Without keys no link opens anything: a file that is gone or broken ends all of them. */
    async function keys(): Promise<readonly LinkKey[]> {
      try {
        return file ? await file.read() : [];
      } catch (err) {
        app.log.error({ err }, 'the keys of signed links cannot be read');
        return [];
      }
    }

    const embed: Embed = {
      ancestors,
      canSign: file !== null,
      needsLink: app.access !== null,
      async admit(request, link, view) {
        if (link !== undefined) {
          const reading = readLink(link, await keys(), nowMs() / 1000);
          if ('fault' in reading) throw new EmbedRefusal(reading.fault);
          const { scope } = reading;
          if (EMBED_VIEWS.indexOf(view) < EMBED_VIEWS.indexOf(scope.view)) throw new EmbedRefusal('view');
          return { namespaces: scope.namespaces };
        }
        if (app.access && !(await app.access.admits(request))) throw new EmbedRefusal('no-link');
        return { namespaces: null };
      },
      graph({ namespaces }, params) {
        if (namespaces === null) return app.answers.graph(params);
        // A link says nothing of clusters: it was signed by who saw the one of this server.
        if (params.cluster !== undefined) throw new EmbedRefusal('scope');
        const asked = params.namespace ?? [];
        if (namespaces.length > 0 && asked.some((each) => !namespaces.includes(each)))
          throw new EmbedRefusal('scope');
        const namespace = asked.length > 0 ? asked : [...namespaces];
        return sharedGraph(app.answers.graph, { ...params, namespace }, namespaces);
      },
      async sign(scope, validForSeconds) {
        const [key] = await keys();
        if (!key) return null;
        const expiresAtSeconds = Math.floor(nowMs() / 1000) + validForSeconds;
        return { link: signLink(scope, expiresAtSeconds, key), keyId: key.id, expiresAtSeconds };
      },
    };
    app.decorate('embed', embed);
  },
  { name: 'embed', dependencies: ['access', 'answers'] },
);
