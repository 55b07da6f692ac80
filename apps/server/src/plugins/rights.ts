// Makes `app.rights` available: what a viewer may see and do, asked anew whenever it matters.

import type { Inventory } from '@latchwork/shared/inventory';
import type { InventoryParams } from '@latchwork/shared/live';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Stop } from '../feeds/feed.ts';
import type { Feeds } from '../feeds/feeds.ts';
import { type AskedAnswers, leasedAnswers } from '../feeds/leased-answers.ts';
import { narrowedAnswers, narrowedFeeds } from '../feeds/narrowed-feeds.ts';
import type { Span } from '../feeds/scope.ts';
import { createSpanLeases, type SpanUser } from '../feeds/span-leases.ts';
import { narrowedInventory } from '../mesh/narrowed.ts';
import { needsRole, noLongerKnown, outsideNamespaces } from '../security/refusal.ts';
import { may, userOf, type Viewer } from '../security/viewer.ts';

/** The namespaces in which Kubernetes lets somebody list pods. */
export type NamespaceReview = (user: string, groups: readonly string[]) => Promise<readonly string[]>;

export interface Rights {
  /** Null: all. */
  namespacesOf(viewer: Viewer): Promise<readonly string[] | null>;
  /** For one who asks once. */
  answersFor(viewer: Viewer): AskedAnswers;
  /** The same, within the namespaces of whoever asks. Throws a Refusal. */
  answersOf(request: FastifyRequest): Promise<AskedAnswers>;
  inventoryOf(request: FastifyRequest, params: InventoryParams): Promise<Inventory>;
  /** The topics that a viewer may follow; the same value as long as the rights are the same. */
  feedsFor(viewer: Viewer): Promise<Feeds>;
  /** Holds a window and moment while somebody follows it. Throws a TooBusy. */
  lease(viewer: Viewer, span: Span): Stop;
  /** Who asks now, on a connection that was opened before. Throws a Refusal. */
  again(request: FastifyRequest): Promise<Viewer>;
}

declare module 'fastify' {
  interface FastifyInstance {
    rights: Rights;
  }
}

export interface RightsOptions {
  /** Null: everybody who may see anything sees all namespaces. */
  readonly review: NamespaceReview | null;
}

export const rightsPlugin = fp<RightsOptions>(
  async (app, { review }) => {
    const leases = createSpanLeases();
    const kept = new Map<string, Feeds>();

    function toUser({ id, kind }: Viewer): SpanUser {
      return { id, isLink: kind === 'link' };
    }

    const rights: Rights = {
      async namespacesOf(viewer) {
        const user = userOf(viewer);
        if (review === null || user === null) return null;
        return review(user, viewer.groups);
      },
      answersFor: (viewer) => leasedAnswers(app.answers, leases, toUser(viewer)),
      async answersOf({ viewer }) {
        if (viewer === null) throw noLongerKnown();
        const answers = rights.answersFor(viewer);
        const namespaces = await rights.namespacesOf(viewer);
        return namespaces === null
          ? answers
          : narrowedAnswers({ answers, namespaces, refuse: refuseOutside });
      },
      async inventoryOf({ viewer }, params) {
        if (viewer === null) throw noLongerKnown();
        const namespaces = await rights.namespacesOf(viewer);
        if (
          namespaces?.length === 0 ||
          params.namespace?.some((each) => namespaces?.includes(each) === false)
        )
          refuseOutside();
        const value = await app.inventory(params).read();
        return namespaces === null ? value : narrowedInventory(value, namespaces);
      },
      async feedsFor(viewer) {
        const namespaces = await rights.namespacesOf(viewer);
        const mayTap = may(viewer, 'tapper');
        const key = JSON.stringify([mayTap, viewer.id, namespaces]);
        let feeds = kept.get(key);
        if (!feeds) {
          feeds = bound(namespaces, mayTap);
          kept.set(key, feeds);
          if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
        }
        return feeds;
      },
      lease: (viewer, span) => leases.take(toUser(viewer), span),
      async again(request) {
        const viewer = await app.identity.viewerOf(request);
        if (viewer === null || viewer === 'wrong') throw noLongerKnown();
        return viewer;
      },
    };
    app.decorate('rights', rights);

    function bound(namespaces: readonly string[] | null, mayTap: boolean): Feeds {
      const { feeds, answers } = app;
      const seen =
        namespaces === null ? feeds : narrowedFeeds({ feeds, answers, namespaces, refuse: refuseOutside });
      return mayTap ? { ...seen } : { ...seen, tap: refuseTap, top: refuseTap };
    }
  },
  { name: 'rights', dependencies: ['identity', 'answers', 'live-hub'] },
);

const MOST_KEPT = 1_000;

function refuseOutside(): never {
  throw outsideNamespaces();
}

function refuseTap(): never {
  throw needsRole('tapper');
}
