import { describe, expect, it } from 'vitest';
import { type LabelledLine, labelPlaces } from './label-places.ts';

function line(id: string, y: number, weight = 1): LabelledLine {
  return {
    id,
    points: [
      { x: 100, y: 0 },
      { x: 140, y: 0 },
      { x: 140, y },
      { x: 300, y },
    ],
    mark: { x: 270, y: y - 7.5, width: 15, height: 15 },
    weight,
    labelWidth: 30,
    labelHeight: 16,
  };
}

describe('labelPlaces(lines, obstacles)', () => {
  it('puts a label left of the lock on the level stretch', () => {
    expect(labelPlaces([line('a', 80)], []).get('a')).toEqual({ x: 250.5, y: 80 });
  });

  it('moves on to the left past an obstacle', () => {
    const places = labelPlaces([line('a', 80)], [{ x: 230, y: 70, width: 30, height: 20 }]);
    expect(places.get('a')?.x).toBeLessThan(216);
  });

  it('leaves out the thinner of two labels that would touch', () => {
    const thick = line('thick', 80, 4);
    const thin = {
      ...line('thin', 86, 2),
      points: [
        { x: 225, y: 86 },
        { x: 300, y: 86 },
      ],
    };
    const places = labelPlaces([thin, thick], []);
    expect([...places.keys()]).toEqual(['thick']);
  });

  it('never lies over another line', () => {
    const across: LabelledLine = {
      ...line('across', 400),
      points: [
        { x: 250, y: 0 },
        { x: 250, y: 400 },
        { x: 300, y: 400 },
      ],
    };
    const x = labelPlaces([line('a', 80), across], []).get('a')?.x ?? Number.NaN;
    expect(Math.abs(x - 250)).toBeGreaterThan(15);
  });

  it('leaves out a label when the stretch is too short', () => {
    const short = {
      ...line('a', 80),
      points: [
        { x: 262, y: 0 },
        { x: 262, y: 80 },
        { x: 300, y: 80 },
      ],
    };
    expect(labelPlaces([short], []).size).toBe(0);
  });
});
