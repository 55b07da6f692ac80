import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badge } from '../draw/badge.ts';
import { dot } from '../draw/dot.ts';
import { mermaid } from '../draw/mermaid.ts';
import { DARK } from '../draw/palette.ts';
import { svgPicture } from '../draw/svg/svg-picture.ts';
import { fittedPicture } from '../fold/fitted-picture.ts';
import { toTextScene } from '../fold/picture.ts';
import { toWish } from '../fold/wish.ts';
import { lockCounts } from '../scene/lock-counts.ts';
import { securedShares } from '../scene/secured-shares.ts';
import { absurdGraph, absurdName } from './absurd-graph.ts';

const RUNS = { seed: 20261123, numRuns: 150 };
// What XML 1.0 has no way to say, and what turns the direction of the text around it.
const UNSPEAKABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

describe('a picture', () => {
  it('of whatever a graph says is well-formed, and has no number that is none', () => {
    fc.assert(
      fc.property(absurdGraph, absurdName, fc.boolean(), (graph, title, labels) => {
        const whole = { ...graph, namespaces: [], at: '2026-11-23T15:47:10Z' };
        const wish = toWish({});
        const {
          picture: made,
          zoom,
          detail,
        } = fittedPicture(whole, wish, { width: 600, height: null }, { successTarget: 0.99 });
        const scene = toTextScene({ graph: whole, wish, successTarget: 0.99 });
        const picture = svgPicture(made, {
          ...{
            successTarget: 0.99,
            latencyTargetMs: 1000,
            bounds: PROXY_BOUNDS_MS,
            colours: DARK,
            title,
            detail,
            labels,
          },
          heading: {
            title,
            counts: lockCounts(graph, { successTarget: 0.99 }),
            time: '15:47',
            scale: 1 / zoom,
          },
        });
        for (const text of [picture, badge(securedShares(graph.edges), title)]) {
          expect(text).not.toMatch(/NaN|Infinity/);
          expect(text).not.toMatch(UNSPEAKABLE);
          expect(text).not.toMatch(/<script|&(?!amp;|lt;|gt;|quot;|#39;)/);
          expect(text.match(/<svg/g)).toHaveLength(1);
        }
        for (const text of [mermaid(scene), dot(scene, title)]) expect(text).not.toMatch(/NaN|Infinity/);
      }),
      RUNS,
    );
  });
});
