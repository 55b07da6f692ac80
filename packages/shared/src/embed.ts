// What an embedded picture may be asked for, and the signed links that open one.

import { type Static, Type } from 'typebox';
import { ScopeParams } from './live/live.ts';
import { NamespaceName } from './namespace-name.ts';

/** Ids, each after a comma. */
const Names = Type.String({ maxLength: 8_000 });

const CHOICES = {
  ...ScopeParams.properties,
  focus: Type.Optional(Type.String({ maxLength: 400 })),
  folded: Type.Optional(Names),
  unfolded: Type.Optional(Names),
  hidden: Type.Optional(Names),
  only: Type.Optional(
    Type.Union([
      Type.Literal('problems'),
      Type.Literal('plaintext'),
      Type.Literal('mixed'),
      Type.Literal('refused'),
      Type.Literal('broken'),
    ]),
  ),
  lines: Type.Optional(
    Type.Union([Type.Literal('strong'), Type.Literal('problems'), Type.Literal('all')], {
      description: 'on the map of a large mesh: the strongest and what is wrong, that alone, or all',
    }),
  ),
  labels: Type.Optional(Type.Union([Type.Literal('off'), Type.Literal('hover'), Type.Literal('on')])),
  theme: Type.Optional(Type.Union([Type.Literal('auto'), Type.Literal('light'), Type.Literal('dark')])),
  /** What the wiki calls it, instead of the names of its namespaces. */
  title: Type.Optional(Type.String({ maxLength: 80 })),
  /** A signed link: it stands for the login that a frame cannot have. */
  link: Type.Optional(Type.String({ maxLength: 16_000 })),
};

/** The Graph view's own parameters; what wikis and proxies add besides is ignored, what misspells one of them is refused. `width`: px that a picture is made for. */
export const EmbedParams = Type.Object({
  ...CHOICES,
  width: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{2,3}$', description: 'px from 100 to 9999' })),
});
export type EmbedParams = Static<typeof EmbedParams>;

export const EmbedBadgeParams = Type.Pick(EmbedParams, [
  'namespace',
  'window',
  'at',
  'noise',
  'cluster',
  'link',
]);
export type EmbedBadgeParams = Static<typeof EmbedBadgeParams>;

/** What a signed link opens: each opens what comes after it, too, as that shows less. */
export const EMBED_VIEWS = ['graph', 'picture', 'badge'] as const;
export type EmbedView = (typeof EMBED_VIEWS)[number];

/** `namespace`, or the whole mesh when that is said. How long at most, the server decides. */
export const EmbedLinkRequest = Type.Object(
  {
    namespace: Type.Optional(Type.Array(NamespaceName, { maxItems: 500 })),
    allNamespaces: Type.Optional(Type.Boolean()),
    view: Type.Optional(Type.Union([Type.Literal('graph'), Type.Literal('picture'), Type.Literal('badge')])),
    validFor: Type.Optional(
      Type.String({ maxLength: 16, description: 'a duration of hours or days, such as 12h or 30d' }),
    ),
  },
  { additionalProperties: false },
);
export type EmbedLinkRequest = Static<typeof EmbedLinkRequest>;

/** `link` goes into the query of `/embed/…` under that name; `linkId` ends it; `expiresAt` is RFC 3339. */
export const EmbedLink = Type.Object({
  link: Type.String(),
  linkId: Type.String(),
  keyId: Type.String(),
  expiresAt: Type.String(),
});
export type EmbedLink = Static<typeof EmbedLink>;

/** The newest first. A link itself is told once: when it is signed. */
export const SignedLinks = Type.Object({
  links: Type.Array(
    Type.Object({
      linkId: Type.String(),
      keyId: Type.String(),
      namespaces: Type.Array(Type.String()),
      view: Type.String(),
      expiresAt: Type.String(),
      signedBy: Type.String(),
    }),
  ),
});
export type SignedLinks = Static<typeof SignedLinks>;
