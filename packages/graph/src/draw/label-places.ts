// Where edge labels fit: left of the mark on the level stretch, touching nothing. What does not fit is left out.

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LabelledLine {
  id: string;
  points: readonly { x: number; y: number }[];
  /** The rectangle of its mark; null for a line without one. */
  mark: Rectangle | null;
  /** Wider lines are placed first. */
  weight: number;
  /** Of the label in px. */
  labelWidth: number;
  labelHeight: number;
}

const BEFORE_MARK = 27; // from the middle of the mark to the middle of the label, at the widths of both in LOOKS
const STEP = 12;
const TRIES = 12;

/** Middles of the labels that fit, by line id. `obstacles` are cards and marks; the lines themselves are avoided too. */
export function labelPlaces(
  lines: readonly LabelledLine[],
  obstacles: readonly Rectangle[],
): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  const taken: Rectangle[] = [...obstacles];
  const heaviestFirst = [...lines].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  for (const line of heaviestFirst) {
    const place = placeOf(line, taken, lines);
    if (place === null) continue;
    places.set(line.id, place);
    taken.push(around(place, line));
  }
  return places;
}

function placeOf(line: LabelledLine, taken: readonly Rectangle[], lines: readonly LabelledLine[]) {
  const end = line.points.at(-1);
  const start = line.points.at(-2);
  if (end === undefined || start === undefined || Math.abs(end.y - start.y) > 0.5) return null;
  const half = line.labelWidth / 2;
  const markLeft = line.mark?.x ?? end.x - 20;
  const markMiddle = line.mark ? line.mark.x + line.mark.width / 2 : end.x - 20;
  const first = Math.min(markMiddle - BEFORE_MARK, markLeft - half - 4);
  const last = Math.min(start.x, end.x) + half + 4;
  for (let tried = 0; tried < TRIES; tried++) {
    const x = first - tried * STEP;
    if (x < last) return null;
    const rectangle = around({ x, y: end.y }, line);
    const isFree =
      !taken.some((other) => touches(rectangle, other)) &&
      !lines.some((other) => other.id !== line.id && crosses(rectangle, other.points));
    if (isFree) return { x, y: end.y };
  }
  return null;
}

function around({ x, y }: { x: number; y: number }, { labelWidth, labelHeight }: LabelledLine): Rectangle {
  return { x: x - labelWidth / 2, y: y - labelHeight / 2, width: labelWidth, height: labelHeight };
}

function touches(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function crosses(label: Rectangle, points: LabelledLine['points']): boolean {
  return points.some((point, index) => {
    const next = points[index + 1];
    if (next === undefined) return false;
    return touches(label, {
      x: Math.min(point.x, next.x) - 1,
      y: Math.min(point.y, next.y) - 1,
      width: Math.abs(next.x - point.x) + 2,
      height: Math.abs(next.y - point.y) + 2,
    });
  });
}
