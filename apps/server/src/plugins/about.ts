// Makes `app.about()` available: what the page has to know before any topic answers.

import { SUCCESS_TARGET } from '@latchwork/figures/targets';
import type { About } from '@latchwork/shared/about';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { NO_KUBERNETES } from '../feeds/cluster-topic.ts';
import type { Logins } from '../security/login/login-page.ts';
import { isGuarded, isLoopback } from '../security/openness.ts';
import { needsRole } from '../security/refusal.ts';
import { may, type Viewer } from '../security/viewer.ts';

type Asker = Pick<FastifyRequest, 'viewer' | 'seesAll'>;

declare module 'fastify' {
  interface FastifyInstance {
    /** What it says of rights and addresses is of whoever asks; absent: of nobody in particular. */
    about: (asker?: Asker) => About;
  }
}

export interface AboutOptions {
  readonly version: string;
  readonly config: Pick<
    Config,
    'mode' | 'atSeconds' | 'tapOff' | 'latencyTargetMs' | 'host' | 'access' | 'links'
  >;
}

export const aboutPlugin = fp<AboutOptions>(
  async (app, { version, config }) => {
    const { mode, atSeconds, tapOff, latencyTargetMs } = config;
    const { cluster, noTap } = app;
    const links = [...config.links];
    const isOpenToAll = !isGuarded(config) && !isLoopback(config);
    const { ancestors, needsLink } = app.embed;
    const { canSign, mostDays } = app.links;
    const about: About = {
      version,
      build: `${version}-${app.pageBuild}`,
      mode,
      at: atSeconds === null ? null : new Date(atSeconds * 1000).toISOString(),
      source: app.prometheus.name,
      tap: app.tap
        ? { available: true, reason: null }
        : {
            available: false,
            reason: `${noTap.message}: ${noTap.remedy}`,
            ...(tapOff ? { off: true } : {}),
          },
      kubernetes: cluster
        ? { available: true, reason: null, server: cluster.server, identity: cluster.identity }
        : {
            available: false,
            reason: `${NO_KUBERNETES.message}: ${NO_KUBERNETES.remedy}`,
            server: null,
            identity: null,
          },
      embed: { ancestors: [...ancestors], canSign, needsLink, mostDays },
      latencyTargetMs,
      successTarget: SUCCESS_TARGET,
    };
    const { storeClusters: clusters, contexts } = app;
    app.decorate('about', ({ viewer, seesAll }: Asker = NOBODY) => {
      const known = seesAll ? clusters.known() : null;
      return {
        ...about,
        ...(seesAll ? {} : withoutAddresses(about)),
        ...(viewer ? rightsIn(about, viewer, app.logins) : {}),
        ...(links.length > 0 ? { links } : {}),
        ...(contexts === null ? {} : { contexts: { current: contexts.current, names: [...contexts.names] } }),
        ...(isOpenToAll ? { openToAll: true } : {}),
        ...(known === null
          ? {}
          : {
              clusters: {
                label: known.labels.join(' / '),
                current: known.current,
                values: [...known.values],
              },
            }),
      };
    });
  },
  { name: 'about', dependencies: ['web', 'prometheus', 'kubernetes', 'tap', 'embed', 'answers', 'contexts'] },
);

const NOBODY: Asker = { viewer: null, seesAll: true };

/** Where the data is from, and as whom, is for those who see all of it. */
function withoutAddresses({ kubernetes }: About): Pick<About, 'source' | 'kubernetes'> {
  return {
    source: '',
    ...(kubernetes ? { kubernetes: { ...kubernetes, server: null, identity: null } } : {}),
  };
}

/** What of all that this server can do its viewer may. */
function rightsIn(
  { embed, tap }: About,
  viewer: Viewer,
  logins: Logins,
): Pick<About, 'embed' | 'tap' | 'viewer'> {
  const { id, kind, role } = viewer;
  const { message, remedy } = needsRole('tapper');
  return {
    ...(embed ? { embed: { ...embed, canSign: embed.canSign && may(viewer, 'signer') } } : {}),
    tap:
      tap.available && !may(viewer, 'tapper') ? { available: false, reason: `${message}: ${remedy}` } : tap,
    ...(kind === 'anybody'
      ? {}
      : {
          viewer: {
            name: id.slice(id.indexOf(':') + 1),
            role,
            canLogOut: logins.token || logins.oidc !== null,
          },
        }),
  };
}
