// A number as people read it: the value in full ink, its unit quieter beside it.

export interface Figure {
  value: string;
  /** Written straight after the value; starts with a space where one belongs. */
  unit: string;
}

/** What stands for "no data" everywhere. */
export const NO_DATA = '–';

export function figureText(figure: Figure | null): string {
  return figure === null ? NO_DATA : `${figure.value}${figure.unit}`;
}
