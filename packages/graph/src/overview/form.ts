// How large the cards of the map are, and in how many columns and rows they stand. Px at zoom 1.

export type FormName = 'large' | 'middle' | 'small';

export interface Form {
  name: FormName;
  width: number;
  height: number;
  /** Between two rows, at least. */
  rowGap: number;
  /** Lines at the foot of a large card. */
  facts: number;
  /** Whether cards have room for chips; else the lines of hubs are lines as all others. */
  chips: boolean;
  columns: number;
  rows: number;
}

export interface Room {
  width: number;
  height: number;
}

/** Below it names would be too small: the page scrolls instead. */
export const LEAST_OVERVIEW_ZOOM = 0.5;

const LARGE_UP_TO = 16;
const MIDDLE_UP_TO = 56;
const LARGE_HEAD = 82;
const FACT_HEIGHT = 16;
const CHIP_ROW = 18;
const [LEAST_FACTS, MOST_FACTS] = [2, 6];
const LARGE_TYPICAL_HEIGHT = 112;
const BESIDE = 100; // what a column takes besides its cards
const BETWEEN = 8;
const LARGE_ROW = 76;

export function formName(cards: number): FormName {
  if (cards <= LARGE_UP_TO) return 'large';
  return cards <= MIDDLE_UP_TO ? 'middle' : 'small';
}

/** Those worth trying, the likeliest first: one but for large cards, which list at most `mostFacts`. */
export function formsOf(cards: number, room: Room, chips: boolean, mostFacts = MOST_FACTS): Form[] {
  const name = formName(cards);
  if (name === 'large') {
    const columns = columnsFor(cards, room, { width: 208, height: LARGE_TYPICAL_HEIGHT, rowGap: 26 });
    return [columns, columns + 1].map((tried) => largeForm(cards, room, tried, chips, mostFacts));
  }
  const size =
    name === 'middle'
      ? { width: 176, height: chips ? 84 : 68, rowGap: 26 }
      : { width: 164, height: 56, rowGap: 20 };
  const columns = columnsFor(cards, room, size);
  return [{ name, ...size, facts: 0, chips, columns, rows: Math.ceil(cards / columns) }];
}

/** With columns that are kept, whatever the formula would choose now. */
export function keptForm(form: Form, columns: number, rows: number): Form {
  return { ...form, columns, rows };
}

/** A large card with room for so many facts. */
export function withFacts(form: Form, facts: number): Form {
  return { ...form, facts, height: LARGE_HEAD + FACT_HEIGHT * facts + (form.chips ? CHIP_ROW : 0) };
}

function largeForm(cards: number, room: Room, tried: number, chips: boolean, mostFacts: number): Form {
  const columns = Math.max(2, Math.min(tried, cards));
  const rows = Math.ceil(cards / columns);
  const head = LARGE_HEAD + (chips ? CHIP_ROW : 0);
  const fit = Math.floor(((room.height - LARGE_ROW * (rows - 1)) / rows - head) / FACT_HEIGHT);
  const facts = Math.max(LEAST_FACTS, Math.min(MOST_FACTS, mostFacts, fit));
  return withFacts({ name: 'large', width: 208, height: 0, rowGap: 26, facts, chips, columns, rows }, facts);
}

function columnsFor(
  cards: number,
  room: Room,
  { width, height, rowGap }: Pick<Form, 'width' | 'height' | 'rowGap'>,
): number {
  // More cards than can be read at once: as many columns as the least zoom shows, and the page scrolls.
  const perScreen = (zoom: number) =>
    (room.width / zoom / (width + BESIDE)) * (room.height / zoom / (height + rowGap + BETWEEN));
  const shown = Math.min(cards, perScreen(LEAST_OVERVIEW_ZOOM));
  const ideal = Math.sqrt(
    ((shown * room.width) / room.height) * ((height + rowGap + BETWEEN) / (width + BESIDE)),
  );
  return Math.max(2, Math.min(cards, Math.round(ideal)));
}
