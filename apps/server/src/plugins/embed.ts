// Makes `app.embed` available: who may see an embedded picture, and how much of the mesh it may show.

import type { EmbedView } from '@latchwork/shared/embed';
import { EMBED_VIEWS } from '@latchwork/shared/embed';
import { Graph } from '@latchwork/shared/graph';
import type { ScopeParams } from '@latchwork/shared/live/live';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { findBreach } from '../contract/check.ts';
import { ContractBreach } from '../contract/contract-breach.ts';
import type { Answer } from '../feeds/answer.ts';
import { sharedGraph } from '../feeds/shared-graph.ts';
import { EmbedRefusal } from '../security/links/embed-refusal.ts';
import { toLinkViewer, type Viewer } from '../security/viewer.ts';

/** What somebody may see. `namespaces` null: everything, as on the page itself; else as a signed link shows it. */
export interface EmbedGrant {
  readonly viewer: Viewer;
  readonly namespaces: readonly string[] | null;
}

export interface Embed {
  readonly ancestors: readonly string[];
  readonly needsLink: boolean;
  /** Throws an EmbedRefusal. */
  admit(request: FastifyRequest, link: string | undefined, view: EmbedView): Promise<EmbedGrant>;
  /** Throws an EmbedRefusal for namespaces that the grant does not have. */
  graph(grant: EmbedGrant, params: ScopeParams): Answer<Graph>;
}

declare module 'fastify' {
  interface FastifyInstance {
    embed: Embed;
  }
}

export interface EmbedOptions {
  readonly ancestors: readonly string[];
}

export const embedPlugin = fp<EmbedOptions>(
  async (app, { ancestors }) => {
    const embed: Embed = {
      ancestors,
      needsLink: app.identity.isGuarded,
      async admit(request, link, view) {
        if (link !== undefined) {
          const reading = await app.links.read(link);
          if ('fault' in reading) throw new EmbedRefusal(reading.fault);
          const { scope } = reading;
          if (EMBED_VIEWS.indexOf(view) < EMBED_VIEWS.indexOf(scope.view)) throw new EmbedRefusal('view');
          return { viewer: toLinkViewer(reading), namespaces: scope.namespaces };
        }
        const viewer = await app.identity.viewerOf(request);
        if (viewer === null || viewer === 'wrong') throw new EmbedRefusal('no-link');
        const namespaces = await app.rights.namespacesOf(viewer);
        // Of a link none means all; of a person it means none.
        if (namespaces?.length === 0) throw new EmbedRefusal('scope');
        return { viewer, namespaces };
      },
      graph({ viewer, namespaces }, params) {
        const answers = app.rights.answersFor(viewer);
        if (namespaces === null) return checked(answers.graph(params));
        // A link says nothing of clusters: it was signed by who saw the one of this server.
        if (params.cluster !== undefined) throw new EmbedRefusal('scope');
        const asked = params.namespace ?? [];
        if (namespaces.length > 0 && asked.some((each) => !namespaces.includes(each)))
          throw new EmbedRefusal('scope');
        const namespace = asked.length > 0 ? asked : [...namespaces];
        return checked(sharedGraph(answers.graph, { ...params, namespace }, namespaces));
      },
    };
    app.decorate('embed', embed);
  },
  { name: 'embed', dependencies: ['identity', 'rights'] },
);

/** A picture is made of nothing that an answer would not be: the drawing believes the contract. */
function checked(answer: Answer<Graph>): Answer<Graph> {
  return {
    ...answer,
    async read(signal) {
      const graph = await answer.read(signal);
      const breach = findBreach(Graph, graph);
      if (breach) throw new ContractBreach('a picture', breach);
      return graph;
    },
  };
}
