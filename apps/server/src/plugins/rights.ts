// Makes `app.rights` available: what a viewer may see and do, asked anew whenever it matters.

import type { Inventory } from '@latchwork/shared/inventory';
import type { Labels } from '@latchwork/shared/labels';
import type { InventoryParams, LabelsParams } from '@latchwork/shared/live/live';
import { PATHS } from '@latchwork/shared/paths';
import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Answer } from '../feeds/answer.ts';
import type { Stop } from '../feeds/feed.ts';
import type { Feeds } from '../feeds/feeds.ts';
import { leaseOf } from '../feeds/lease-of.ts';
import { type AskedAnswers, leasedAnswers } from '../feeds/leased-answers.ts';
import type { PersonRights } from '../feeds/namespace-rights.ts';
import { narrowedAnswers, narrowedFeeds, seenLabels } from '../feeds/narrowed-feeds.ts';
import type { ProblemsFeed } from '../feeds/problems.ts';
import type { Span } from '../feeds/scope.ts';
import { createSpanLeases, type SpanUser } from '../feeds/span-leases.ts';
import { reviewedTap } from '../feeds/tap/reviewed-tap.ts';
import { narrowedInventory, narrowedLabels } from '../mesh/narrowed/narrowed.ts';
import {
  mayNotRead,
  mayNotTap,
  needsRole,
  noLongerKnown,
  noNamespace,
  outsideNamespaces,
} from '../security/refusal.ts';
import { may, userOf, type Viewer } from '../security/viewer.ts';
import { type AccessRule, rulePhrase } from '../sources/kubernetes/rights/missing-rule.ts';
import type { PersonReviews } from './person-rights.ts';

export interface Rights {
  /** Null: all. */
  namespacesOf(viewer: Viewer): Promise<readonly string[] | null>;
  /** For one who asks once. */
  answersFor(viewer: Viewer): AskedAnswers;
  /** The same, within the namespaces of whoever asks. Throws a Refusal. */
  answersOf(request: FastifyRequest): Promise<AskedAnswers & ProblemsFeed>;
  /** One answer about the whole mesh; its window and moment are held as long as it takes. */
  readOnce<T>(request: FastifyRequest, answer: Answer<T>): Promise<T>;
  inventoryOf(request: FastifyRequest, params: InventoryParams): Promise<Inventory>;
  labelsOf(request: FastifyRequest, params: LabelsParams): Promise<Labels>;
  /** Throws a Refusal to whoever may not see the namespace, or may not read that of it by themselves. */
  mayRead(request: FastifyRequest, namespace: string, rule: AccessRule): Promise<void>;
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
  interface FastifyRequest {
    /** Whether its viewer sees the whole mesh, and so what a source says of itself. */
    seesAll: boolean;
  }
}

export interface RightsOptions {
  readonly basePath: string;
  /** Null: everybody who may see anything sees all namespaces. */
  readonly reviews: PersonReviews | null;
}

export const rightsPlugin = fp<RightsOptions>(
  async (app, { reviews, basePath }) => {
    const leases = createSpanLeases();
    const kept = new Map<string, Feeds>();

    function toUser({ id, kind }: Viewer): SpanUser {
      return { id, isLink: kind === 'link' };
    }

    const rights: Rights = {
      async namespacesOf(viewer) {
        const person = personOf(viewer);
        return reviews === null || person === null ? null : reviews.namespacesOf(person);
      },
      answersFor: (viewer) => leasedAnswers(app.answers, leases, toUser(viewer)),
      async answersOf({ viewer }) {
        if (viewer === null) throw noLongerKnown();
        const answers = rights.answersFor(viewer);
        const namespaces = await rights.namespacesOf(viewer);
        if (namespaces?.length === 0) throw noNamespace();
        const { problems } = app;
        return namespaces === null
          ? { ...answers, ...problems }
          : narrowedAnswers({ answers, problems, namespaces, refuse: refuseOutside });
      },
      async readOnce({ viewer, query, signal }, answer) {
        if (viewer === null) throw noLongerKnown();
        const stop = leaseOf(query as object, (span) => rights.lease(viewer, span));
        try {
          return await answer.read(signal);
        } finally {
          stop();
        }
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
      async labelsOf({ viewer }, params) {
        if (viewer === null) throw noLongerKnown();
        const namespaces = await rights.namespacesOf(viewer);
        if (namespaces === null) return app.labels(params).read();
        return narrowedLabels(
          await app.labels(seenLabels(params, namespaces, refuseOutside)).read(),
          namespaces,
        );
      },
      async mayRead({ viewer }, namespace, rule) {
        if (viewer === null) throw noLongerKnown();
        const namespaces = await rights.namespacesOf(viewer);
        if (namespaces?.includes(namespace) === false) refuseOutside();
        const person = personOf(viewer);
        if (reviews === null || person === null || (await reviews.mayRead(person, rule))) return;
        throw mayNotRead(rulePhrase(rule));
      },
      async feedsFor(viewer) {
        const namespaces = await rights.namespacesOf(viewer);
        const mayTap = may(viewer, 'tapper');
        const key = JSON.stringify([mayTap, viewer.id, namespaces]);
        let feeds = kept.get(key);
        if (!feeds) {
          feeds = bound(viewer, namespaces);
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
    app.decorateRequest('seesAll', true);

    function bound(viewer: Viewer, namespaces: readonly string[] | null): Feeds {
      const { feeds, answers, problems } = app;
      const refuse = namespaces?.length === 0 ? refuseAll : refuseOutside;
      const seen =
        namespaces === null ? feeds : narrowedFeeds({ feeds, answers, problems, namespaces, refuse });
      if (!may(viewer, 'tapper')) return { ...seen, tap: refuseTap, top: refuseTap };
      const person = personOf(viewer);
      if (reviews === null || person === null) return { ...seen };
      const review = {
        who: viewer.id,
        mayTap: (params: TapParams) => reviews.mayTap(person, params),
        refusal: mayNotTap,
      };
      return { ...seen, tap: reviewedTap(seen.tap, review), top: reviewedTap(seen.top, review) };
    }

    // What is cut for people of some namespaces says so itself; whatever is new is not for them until it is.
    app.addHook('preHandler', async (request) => {
      const { viewer, routeOptions } = request;
      const { url = '' } = routeOptions;
      if (reviews === null || viewer === null || !url.startsWith(`${basePath}/`)) return;
      // Until Kubernetes has said so, nobody sees all.
      request.seesAll = (await rights.namespacesOf(viewer).catch(() => [])) === null;
      const path = url.slice(basePath.length);
      if (request.seesAll || !path.startsWith('/api/')) return;
      if (!CUT.some((each) => path === each || path.startsWith(`${each}/`))) throw outsideNamespaces();
    });
  },
  { name: 'rights', dependencies: ['identity', 'answers', 'problems', 'kubernetes', 'live-hub'] },
);

/** Answers that are cut to somebody's namespaces, or say nothing of the mesh. */
const CUT: readonly string[] = [
  ...[PATHS.about, PATHS.docs, PATHS.graph, PATHS.workloads, PATHS.routes, PATHS.inventory, PATHS.labels],
  ...[PATHS.podPairs, PATHS.responses, PATHS.stat, PATHS.policies],
  ...[PATHS.problems, PATHS.findings, PATHS.object],
  ...[PATHS.live, PATHS.liveEvents, PATHS.embedLink, PATHS.embedLinks],
];
const MOST_KEPT = 1_000;

function personOf(viewer: Viewer): PersonRights | null {
  const user = userOf(viewer);
  return user === null ? null : { user, groups: viewer.groups };
}

function refuseAll(): never {
  throw noNamespace();
}

function refuseOutside(): never {
  throw outsideNamespaces();
}

function refuseTap(): never {
  throw needsRole('tapper');
}
