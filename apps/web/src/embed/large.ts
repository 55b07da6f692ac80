// What only large graphs need in a frame: loaded when there is one.

import { svgOverview } from '@latchwork/graph/draw/svg/svg-overview';
import { toPicture } from '@latchwork/graph/fold/picture';

export const large = { svgOverview, toPicture };
