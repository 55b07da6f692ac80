// Which parts of a bar stay when it has less room than all of them need. Pure: the widths are measured elsewhere.

export interface BarPiece {
  name: string;
  widthPx: number;
  /** What has the highest goes first, and all that share it go together; 0 stays whatever happens. */
  rank: number;
  /** Only words: it is left out. Anything else moves into the menu. */
  isFact?: boolean;
}

export interface BarRoom {
  roomPx: number;
  gapPx: number;
  /** The button of the menu, which is there only while it holds something. */
  menuPx: number;
}

/** The names of what gives way. */
export function giveWay(pieces: readonly BarPiece[], room: BarRoom): ReadonlySet<string> {
  const ranks = [...new Set(pieces.map(({ rank }) => rank))].filter((rank) => rank > 0).sort((a, b) => b - a);
  let staying = pieces;
  for (const rank of ranks) {
    if (neededPx(staying, pieces, room) <= room.roomPx) break;
    staying = staying.filter((piece) => piece.rank !== rank);
  }
  const names = new Set(staying.map(({ name }) => name));
  return new Set(pieces.map(({ name }) => name).filter((name) => !names.has(name)));
}

function neededPx(
  staying: readonly BarPiece[],
  all: readonly BarPiece[],
  { gapPx, menuPx }: BarRoom,
): number {
  const hasMenu = all.some((piece) => !piece.isFact && !staying.includes(piece));
  const widths = [...staying.map(({ widthPx }) => widthPx), ...(hasMenu ? [menuPx] : [])];
  return widths.reduce((sum, width) => sum + width, 0) + gapPx * Math.max(0, widths.length - 1);
}
