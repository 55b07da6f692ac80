// A badge: how much of some traffic is mutually authenticated, in the shape that READMEs and wikis know.

import { LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { wholePercent, wholePercentText } from '@latchwork/figures/percent';
import { lockOfShare, type SecuredShares } from '../scene/secured-shares.ts';
import { svgGlyph } from './svg/svg-shapes.ts';
import { escaped, textWidth } from './svg/svg-text.ts';

const HEIGHT = 20;
const LEFT = 46;
/** How much wider it is than the fonts that widths are estimated for. */
const VERDANA = 1.22;

/** The lesser of requests and connections: only all of both is secured. `about`: whose traffic, in words. */
export function badge({ requests, connections }: SecuredShares, about: string): string {
  const shares = [requests, connections].filter((share) => share !== null);
  const share = shares.length === 0 ? null : Math.min(...shares);
  const words = share === null ? 'no data' : wholePercentText(share);
  const lock = share === null ? null : lockOfShare(share);
  const [fill, ink] =
    lock === null
      ? ['#e4e7ec', '#454c5b']
      : lock === 'secured'
        ? ['#3d4452', '#ffffff']
        : ['#a3126a', '#ffffff'];
  const before = lock === null ? 9 : 26;
  const width = Math.round(LEFT + before + VERDANA * textWidth(words, 11) + 9);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="11">`,
    `<title>${escaped(titleOf(about, requests, connections))}</title>`,
    `<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${LEFT}" height="${HEIGHT}" fill="#14171f"/><rect x="${LEFT}" width="${width - LEFT}" height="${HEIGHT}" fill="${fill}"/></g>`,
    `<text x="9" y="14" fill="#ffffff">mTLS</text>`,
    lock === null ? '' : svgGlyph(LOCK_GLYPHS[lock], LEFT + 9, 3.8, 1, ink!),
    `<text x="${LEFT + before}" y="14" fill="${ink}" font-weight="600">${words}</text>`,
    '</svg>',
  ].join('');
}

function titleOf(about: string, requests: number | null, connections: number | null): string {
  const facts = [
    requests === null ? '' : `${wholePercent(requests).value} percent of requests`,
    connections === null ? '' : `${wholePercent(connections).value} percent of TCP connections`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? `mTLS in ${about}: no data` : `mTLS in ${about}: ${facts.join(', ')} secured`;
}
