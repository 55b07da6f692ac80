// POST /api/embed-link: a signed link for the Share dialog. GET /api/embed-links: those that were signed here.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { EmbedLink, EmbedLinkRequest, SignedLinks } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyRequest } from 'fastify';
import { BadParam } from '../../contract/bad-param.ts';
import { validForAllowed, validForSeconds } from '../../security/links/valid-for.ts';
import { needsRole, noLongerKnown, outsideNamespaces } from '../../security/refusal.ts';
import { may, type Viewer } from '../../security/viewer.ts';

const schema = {
  summary: 'A signed link',
  description:
    'Opens one kind of embedded picture of some namespaces until it expires, is ended, or its key is taken out. The whole mesh only with allNamespaces.',
  tags: ['embed'],
  body: EmbedLinkRequest,
  response: { 200: EmbedLink, '4xx': Problem, '5xx': Problem },
};
const listSchema = {
  summary: 'Signed links',
  description:
    'Those that this process signed and that are good still. To end one, write its id into the file of --embed-ended-file.',
  tags: ['embed'],
  response: { 200: SignedLinks, '4xx': Problem, '5xx': Problem },
};

export const embedLinkRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { mostDays } = app.links;

  function signer({ viewer }: FastifyRequest): Viewer {
    if (viewer === null) throw noLongerKnown();
    if (may(viewer, 'signer')) return viewer;
    throw needsRole('signer');
  }

  app.post(PATHS.embedLink, { schema, bodyLimit: 64 * 1024 }, async (request, reply) => {
    const viewer = signer(request);
    const { namespace = [], allNamespaces = false, view = 'graph' } = request.body;
    const { validFor = `${Math.min(30, mostDays)}d` } = request.body;
    if (namespace.length === 0 && !allNamespaces)
      throw new BadParam('namespace', undefined, 'at least one, or allNamespaces');
    if (namespace.length > 0 && allNamespaces)
      throw new BadParam('allNamespaces', true, 'nothing beside namespace');
    const own = await app.rights.namespacesOf(viewer);
    if (own !== null && (allNamespaces || namespace.some((each) => !own.includes(each))))
      throw outsideNamespaces();
    const seconds = validForSeconds(validFor, mostDays);
    if (seconds === null) throw new BadParam('validFor', validFor, validForAllowed(mostDays));
    const signed = await app.links.sign({ namespaces: namespace, view }, seconds, viewer.id);
    if (!signed)
      return reply.code(409).send({
        error: 'no-key',
        message: 'this server has no key to sign with',
        remedy: 'start it with --embed-key-file FILE',
      });
    const { link, linkId, keyId, expiresAtSeconds } = signed;
    const expiresAt = toTime(expiresAtSeconds);
    app.record.note('link-signed', viewer.id, { linkId, keyId, namespaces: namespace, view, expiresAt });
    return { link, linkId, keyId, expiresAt };
  });

  app.get(PATHS.embedLinks, { schema: listSchema }, async (request) => {
    const own = await app.rights.namespacesOf(signer(request));
    // Of whoever sees some namespaces only: a link for all of them is not theirs, nor is one that names another.
    const isOwn = (namespaces: readonly string[]) =>
      own === null || (namespaces.length > 0 && namespaces.every((each) => own.includes(each)));
    const signed = app.links.signed().filter(({ namespaces }) => isOwn(namespaces));
    return {
      links: signed.map(({ namespaces, expiresAtSeconds, ...rest }) => ({
        ...rest,
        namespaces: [...namespaces],
        expiresAt: toTime(expiresAtSeconds),
      })),
    };
  });
};

function toTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
