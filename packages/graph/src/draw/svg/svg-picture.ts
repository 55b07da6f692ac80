// A picture of any kind as SVG text.

import type { Picture } from '../../fold/picture-shape.ts';
import { type SvgOptions, svg } from './svg.ts';
import { svgOverview } from './svg-overview.ts';

export function svgPicture(picture: Picture, options: SvgOptions): string {
  return picture.kind === 'overview'
    ? svgOverview(picture.overview, options)
    : svg(picture.scene, picture.layout, options);
}
