// Makes `request.viewer` known: who asks, by whichever way they showed it, and what a request and a wrong secret cost them.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { clientAddress } from '../security/client-address.ts';
import { isProbe } from '../security/probe.ts';
import { closeRefusedUpgrade } from '../security/refused-upgrade.ts';
import { sendTooMany } from '../security/too-many.ts';
import { type Role, toLinkViewer, type Viewer } from '../security/viewer.ts';

/** One way to show who one is. `wrong`: something was shown that is nobody's; null: nothing was. */
export interface Way {
  viewerOf(request: FastifyRequest): Promise<Viewer | 'wrong' | null>;
}

export interface Identity {
  /** Whether anybody has to show anything. */
  readonly isGuarded: boolean;
  /** Read anew each time: tokens, keys and sessions end while sockets stay. */
  viewerOf(request: FastifyRequest): Promise<Viewer | 'wrong' | null>;
}

declare module 'fastify' {
  interface FastifyInstance {
    identity: Identity;
  }
  interface FastifyRequest {
    /** Null: somebody who has shown nothing, where something is asked for. */
    viewer: Viewer | null;
  }
}

export interface IdentityOptions {
  readonly ways: readonly Way[];
  /** Of everybody, where nothing is asked for. */
  readonly anybody: Role;
  readonly basePath: string;
}

export const identityPlugin = fp<IdentityOptions>(
  async (app, { ways, anybody, basePath }) => {
    const nobody: Viewer = { id: 'anybody', kind: 'anybody', role: anybody, groups: [], untilSeconds: null };
    const isGuarded = ways.length > 0;

    async function viewerOf(request: FastifyRequest): Promise<Viewer | 'wrong' | null> {
      const linked = await linkViewer(request);
      if (linked !== undefined) return linked;
      if (!isGuarded) return nobody;
      let isWrong = false;
      for (const way of ways) {
        const viewer = await way.viewerOf(request);
        if (viewer === 'wrong') isWrong = true;
        else if (viewer) return viewer;
      }
      return isWrong ? 'wrong' : null;
    }

    /** Under /embed/ a link stands for everything else; undefined without one. */
    async function linkViewer(request: FastifyRequest): Promise<Viewer | null | undefined> {
      if (!request.routeOptions.url?.startsWith(`${basePath}/embed/`)) return undefined;
      const { link } = (request.query ?? {}) as { link?: unknown };
      if (link === undefined) return undefined;
      const reading = await app.links.read(String(link));
      return 'fault' in reading ? null : toLinkViewer(reading);
    }

    app.decorate('identity', { isGuarded, viewerOf });
    app.decorateRequest('viewer', null);
    app.addHook('onRequest', async (request, reply) => {
      if (
        isProbe(request.routeOptions.url, basePath) &&
        request.routeOptions.url?.endsWith(PATHS.metrics) !== true
      )
        return;
      const found = await viewerOf(request);
      request.viewer = found === 'wrong' ? null : found;
      const address = clientAddress(request);
      const waitSeconds = found === 'wrong' ? app.limits.guesses.spend(address) : 0;
      if (waitSeconds > 0) return refuse(request, reply, waitSeconds);
      if (found === 'wrong')
        app.record.note('access-refused', null, { address: request.ip, why: 'a secret that is nobody’s' });
      if (isProbe(request.routeOptions.url, basePath)) return;
      const full = app.limits.requests.spend(`${request.viewer?.id ?? ''} ${address}`);
      if (full > 0) return refuse(request, reply, full);
    });

    function refuse(request: FastifyRequest, reply: FastifyReply, waitSeconds: number): FastifyReply {
      closeRefusedUpgrade(request, reply);
      return sendTooMany(request, reply, waitSeconds, basePath);
    }
  },
  { name: 'identity', dependencies: ['security', 'limits', 'links', 'record'] },
);
