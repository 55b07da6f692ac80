// The table of attacks: every kind that was tried on this server, and the test that keeps it from coming back.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const HERE = 'apps/server/test';
const GRAPH = 'packages/graph/src/fuzz';

/** What was done, and where its reproduction stands: a file, and words of its test's name. */
const TABLE: readonly [attack: string, file: string, test: string][] = [
  ['a rate of NaN, Infinity or 1e308 hangs the layout', `${GRAPH}/layout.fuzz.test.ts`, 'ends for a rate of'],
  ['absurd numbers reach a picture', `${HERE}/access/abuse.test.ts`, 'are no picture, and nothing hangs'],
  [
    'NUL, U+FFFF and directions in a name',
    `${GRAPH}/pictures.fuzz.test.ts`,
    'well-formed, and has no number',
  ],
  ['a flood makes probes answer 429', `${HERE}/access/abuse.test.ts`, 'never limits probes'],
  [
    'one behind an ingress limits all',
    `${HERE}/access/abuse.test.ts`,
    'told apart by what a trusted proxy says',
  ],
  [
    'wrong log-ins lock out the right token',
    `${HERE}/access/abuse.test.ts`,
    'the right one is never locked out',
  ],
  ['thousands of wrong bearer tokens', `${HERE}/access/abuse.test.ts`, 'as a bearer token'],
  ['wrong tokens on the socket', `${HERE}/access/abuse.test.ts`, 'on the socket, too'],
  [
    'the page, framed from under the files of a frame',
    `${HERE}/access/embed-attacks.test.ts`,
    'no page in the place of an asset',
  ],
  ['300 moments with one link', `${HERE}/access/abuse.test.ts`, 'with one link leave people theirs'],
  ['moments and windows a hair apart', `${HERE}/access/abuse.test.ts`, 'what is near is one'],
  ['questions of readers who have left', `${HERE}/access/abuse.test.ts`, 'nobody waits for them then'],
  ['40 widths of one picture', `${HERE}/access/abuse.test.ts`, 'their queue has an end'],
  [
    'a picture drawn for somebody else',
    `${HERE}/access/abuse.test.ts`,
    'no picture that was drawn for a person',
  ],
  ['2,000 sockets', `${HERE}/access/abuse.test.ts`, 'each who asks has a share'],
  ['sockets that say too much', `${HERE}/access/abuse.test.ts`, 'that say too much wait'],
  ['readers that do not read', 'apps/server/src/routes/live/slow-reader.test.ts', 'nothing left'],
  ['a hundred questions in one piece', `${HERE}/access/abuse.test.ts`, 'by the hundred for one connection'],
  ['answers that are not read', `${HERE}/access/abuse.test.ts`, 'nobody else pays for it'],
  ['one socket takes all taps', 'apps/server/src/routes/live/lease-tap.test.ts', 'leaves taps for others'],
  ['bodies and headers that drip', `${HERE}/access/abuse.test.ts`, 'a body that drips'],
  [
    'sockets where there are none, and their links in the log',
    `${HERE}/access/abuse.test.ts`,
    'are not upgraded',
  ],
  ['a link reads what a store says of itself', `${HERE}/access/wrong-eyes.test.ts`, 'is not told to a link'],
  ['/readyz tells the address of the store', `${HERE}/access/wrong-eyes.test.ts`, 'is not told by /readyz'],
  [
    'an open socket outlives its token',
    `${HERE}/access/wrong-eyes.test.ts`,
    'ends the open socket of its token',
  ],
  ['a tap outlives the right to it', `${HERE}/access/wrong-eyes.test.ts`, 'ends a tap alone'],
  [
    'a new subscription with an old token',
    `${HERE}/access/wrong-eyes.test.ts`,
    'is looked at with each message',
  ],
  ['a link’s socket outlives the link', `${HERE}/access/wrong-eyes.test.ts`, 'without waiting for a ping'],
  ['secrets under other names in taps', 'apps/server/src/sources/tap/redact.test.ts', 'by its name'],
  ['secrets by their looks', 'apps/server/src/sources/tap/redact.test.ts', 'looks like a secret'],
  ['secrets in addresses', 'apps/server/src/sources/tap/redact.test.ts', 'secret in the address'],
  ['anybody signs', `${HERE}/access/wrong-eyes.test.ts`, 'nobody signs over a network'],
  ['a link of 366 days', `${HERE}/embed/embed.test.ts`, 'refuses %o'],
  ['a link that cannot be ended alone', `${HERE}/access/wrong-eyes.test.ts`, 'ends one link alone'],
  [
    '/% without headers and Host check',
    `${HERE}/access/wrong-eyes.test.ts`,
    'an address that cannot be read',
  ],
  ['an allowed name under any port', `${HERE}/access/wrong-eyes.test.ts`, 'is allowed where it is meant'],
  ['answers in a cache', `${HERE}/access/wrong-eyes.test.ts`, 'is kept nowhere'],
  ['the cookie of a neighbour', `${HERE}/access/wrong-eyes.test.ts`, 'a neighbour under the same domain'],
  ['a token of equal characters', 'apps/server/src/security/access-tokens.test.ts', 'refuses %j'],
  ['a key of equal characters', 'apps/server/src/security/links/link-keys.test.ts', 'refuses %j'],
  ['JSON that nests without end', `${HERE}/access/wrong-eyes.test.ts`, 'nests without end'],
  [
    'a header of somebody who is no proxy',
    `${HERE}/access/wrong-eyes.test.ts`,
    'only as a trusted proxy names them',
  ],
  ['Kubernetes lists without end', `${HERE}/kubernetes/watch.test.ts`, 'a list that never ends'],
  ['pods with annotations of megabytes', `${HERE}/kubernetes/watch.test.ts`, 'however heavy its annotations'],
  ['Kubernetes’ JSON without end', `${HERE}/kubernetes/watch.test.ts`, 'no list that nests without end'],
  [
    'hundreds of long messages that wait their turn',
    'apps/server/src/routes/live/message-turns.test.ts',
    'in number and in weight',
  ],
  ['messages of many sockets in one piece', 'apps/server/src/slices.test.ts', 'lets others in'],
  [
    'so many who wait their turn that all get the same',
    'apps/server/src/slices.test.ts',
    'counts the work of each',
  ],
  ['requests in one piece', 'apps/server/src/plugins/limits.test.ts', 'looks at requests in turns'],
  ['answers of the store in one piece', 'apps/server/src/sources/prometheus/body.test.ts', 'takes its turn'],
  [
    'values that many streams do not read',
    'apps/server/src/routes/live/event-stream.test.ts',
    'not a copy for each',
  ],
  ['thousands of one parameter', 'apps/server/src/contract/compilers.test.ts', 'however many come'],
  [
    'so many newcomers that a probe waits at the door',
    'apps/server/src/network/doors.test.ts',
    'several in within one turn',
  ],
  [
    'answers of the store that fill the heap together',
    'apps/server/src/sources/prometheus/read-budget.test.ts',
    'in all within the budget',
  ],
  ['labels that a store makes up', 'apps/server/src/sources/prometheus/label-pool.test.ts', 'makes up'],
  [
    'a list that is there twice while it is read anew',
    'apps/server/src/sources/kubernetes/watch/held-objects.test.ts',
    'not there twice',
  ],
  [
    'since when, of moments that nobody looks at',
    `${HERE}/problems.test.ts`,
    'nobody has looked at for long',
  ],
  ['names of others in any way out', 'scripts/namespaces-by-rights.real.test.ts', 'reads no name of others'],
  [
    'names of others in what is said of one’s own',
    'apps/server/src/mesh/narrowed/narrowed-mesh.test.ts',
    'no name of anybody else',
  ],
  ['a proxy that hands out system:masters', `${HERE}/access/namespace-rights.test.ts`, 'keeps for itself'],
  ['addresses of sources', `${HERE}/access/namespace-rights.test.ts`, 'is for those who see all'],
  ['links of other namespaces', `${HERE}/access/namespace-rights.test.ts`, 'of their namespaces alone'],
  ['a copied cookie after the logout', `${HERE}/access/oidc.test.ts`, 'for every copy of its cookie'],
  ['an old way back from the issuer', `${HERE}/access/oidc.test.ts`, 'older than it says'],
  ['a logout by another site', `${HERE}/access/oidc.test.ts`, 'not sent out by another site'],
  ['a way back that somebody else began', `${HERE}/access/oidc.test.ts`, 'the way back of somebody else'],
  [
    'a header of slashes that is read anew from each',
    'apps/server/src/security/public-path.test.ts',
    'nothing but slashes',
  ],
  [
    'a tapped header of beginnings of tokens',
    'apps/server/src/sources/tap/redact.test.ts',
    'begin a token again and again',
  ],
  [
    'headers that fill the memory of a tap',
    'apps/server/src/sources/tap/decode.test.ts',
    'what a person reads',
  ],
  ['numbers that no Kubernetes has', `${HERE}/kubernetes/kept-numbers.test.ts`, 'leaves an inventory'],
  [
    'a page of titles without end',
    'apps/server/src/sources/prometheus/refusal-words.test.ts',
    'begins titles without end',
  ],
  ['anything on embedded pictures', `${HERE}/access/embed-attacks.test.ts`, 'is refused'],
];

it.each(TABLE)('%s: %s has the test', (_attack, file, test) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(test);
});
