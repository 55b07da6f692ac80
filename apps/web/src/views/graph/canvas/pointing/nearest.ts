// Where an arrow key leads: the nearest card in that direction. Knows rectangles only.

export type Direction = 'left' | 'right' | 'up' | 'down';

export interface Placed {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Sideways distance counts double, so that a card straight ahead wins over a nearer one aslant. Null at the rim. */
export function nearest(cards: readonly Placed[], fromId: string, direction: Direction): string | null {
  const from = cards.find((card) => card.id === fromId);
  if (from === undefined) return null;
  const start = centre(from);
  let best: { id: string; distance: number } | null = null;
  for (const card of cards) {
    if (card.id === fromId) continue;
    const { x, y } = centre(card);
    const [ahead, aside] = along(direction, x - start.x, y - start.y);
    if (ahead <= 0 || aside > 3 * ahead) continue;
    const distance = ahead + 2 * aside;
    if (best === null || distance < best.distance || (distance === best.distance && card.id < best.id))
      best = { id: card.id, distance };
  }
  return best?.id ?? null;
}

function along(direction: Direction, dx: number, dy: number): [ahead: number, aside: number] {
  switch (direction) {
    case 'left':
      return [-dx, Math.abs(dy)];
    case 'right':
      return [dx, Math.abs(dy)];
    case 'up':
      return [-dy, Math.abs(dx)];
    case 'down':
      return [dy, Math.abs(dx)];
  }
}

function centre({ x, y, width, height }: Placed) {
  return { x: x + width / 2, y: y + height / 2 };
}
