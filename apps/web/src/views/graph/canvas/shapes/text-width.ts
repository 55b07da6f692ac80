// How wide a text will be: measured with the page's own font where there is a canvas.

let context: CanvasRenderingContext2D | null | undefined;
// Of the page, which has one: to ask for it each time makes the browser style what was added since.
let family = '';
const known = new Map<string, number>();

/** In px. Without a canvas (tests) about right for a sans-serif font. */
export function textWidth(text: string, sizePx: number, weight: number): number {
  const key = `${weight} ${sizePx} ${text}`;
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const width = measure(text, sizePx, weight);
  if (known.size > 5000) known.clear();
  known.set(key, width);
  return width;
}

function measure(text: string, sizePx: number, weight: number): number {
  if (context === undefined) context = createContext();
  if (context === null) return text.length * sizePx * 0.55;
  family ||= getComputedStyle(document.body).fontFamily || 'sans-serif';
  context.font = `${weight} ${sizePx}px ${family}`;
  return context.measureText(text).width;
}

function createContext(): CanvasRenderingContext2D | null {
  if (typeof OffscreenCanvas === 'undefined') return null; // jsdom
  return document.createElement('canvas').getContext('2d');
}
