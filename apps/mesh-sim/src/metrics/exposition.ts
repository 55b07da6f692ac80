// Series as text, in the two dialects that a proxy prints on one page. Knows no metric by name.
// The text before each value is made once: a page is only numbers put between strings that are there already.

export type LabelSet = Readonly<Record<string, string>>;

/** `a="1",b="2"` in the order given. */
export function labels(set: LabelSet): string {
  return Object.entries(set)
    .map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`)
    .join(',');
}

interface FamilySpec {
  /** As its TYPE line names it. */
  readonly name: string;
  readonly help: string;
  readonly unit?: 'seconds' | 'bytes';
  /** `client` families are named without `_total`, which their samples carry. */
  readonly dialect: 'legacy' | 'client';
}

/** A piece of a page; empty text when it has no series yet. */
export interface Family {
  readonly name: string;
  text(): string;
}

/** One number of a page. */
export class Cell {
  readonly prefix: string;
  value = 0;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  add(count: number): void {
    this.value += count;
  }
}

function header({ name, help, unit }: FamilySpec, type: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${unit ? `# UNIT ${name} ${unit}\n` : ''}`;
}

/** 5 → `5.0`: how the proxy prints what it keeps as a float. */
function float(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

export interface NumbersOptions extends FamilySpec {
  readonly type: 'counter' | 'gauge';
  /** Printed as a float even when whole. */
  readonly float?: boolean;
  /** The name of its samples, where the dialect does not say it. */
  readonly sample?: string;
}

export class Numbers implements Family {
  readonly name: string;
  readonly #header: string;
  readonly #sample: string;
  readonly #float: boolean;
  readonly #cells = new Map<string, Cell>();

  constructor(options: NumbersOptions) {
    const { name, type, dialect } = options;
    this.name = name;
    this.#header = header(options, type);
    this.#sample = options.sample ?? (dialect === 'client' && type === 'counter' ? `${name}_total` : name);
    this.#float = options.float ?? false;
  }

  /** The series with these labels, made at 0 when it is new. */
  cell(labelText = ''): Cell {
    const known = this.#cells.get(labelText);
    if (known) return known;
    const cell = new Cell(labelText ? `${this.#sample}{${labelText}} ` : `${this.#sample} `);
    this.#cells.set(labelText, cell);
    return cell;
  }

  set(value: number, labelText = ''): void {
    this.cell(labelText).value = value;
  }

  sum(): number {
    let sum = 0;
    for (const { value } of this.#cells.values()) sum += value;
    return sum;
  }

  text(): string {
    if (this.#cells.size === 0) return '';
    let text = this.#header;
    for (const { prefix, value } of this.#cells.values())
      text += `${prefix}${this.#float ? float(value) : value}\n`;
    return text;
  }
}

export class HistogramCell {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  readonly #bucketPrefixes: readonly string[];
  readonly #name: string;
  readonly #labels: string;
  readonly #legacy: boolean;
  #count = 0;
  #sum = 0;

  constructor(name: string, labelText: string, bounds: readonly number[], legacy: boolean) {
    this.#name = name;
    this.#labels = labelText ? `{${labelText}}` : '';
    this.#bounds = bounds;
    this.#legacy = legacy;
    this.#counts = bounds.map(() => 0);
    this.#bucketPrefixes = [...bounds.map((bound) => (legacy ? String(bound) : float(bound))), '+Inf'].map(
      (le) => {
        const parts = legacy ? [labelText, `le="${le}"`] : [`le="${le}"`, labelText];
        return `${name}_bucket{${parts.filter((part) => part).join(',')}} `;
      },
    );
  }

  observe(value: number): void {
    this.#count++;
    this.#sum += value;
    const bucket = this.#bounds.findIndex((bound) => value <= bound);
    if (bucket >= 0) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  text(): string {
    let buckets = '';
    let below = 0;
    for (const [i, prefix] of this.#bucketPrefixes.entries()) {
      below = i < this.#counts.length ? below + (this.#counts[i] ?? 0) : this.#count;
      buckets += `${prefix}${below}\n`;
    }
    const count = `${this.#name}_count${this.#labels} ${this.#count}\n`;
    if (this.#legacy) return `${buckets}${count}${this.#name}_sum${this.#labels} ${this.#sum}\n`;
    return `${this.#name}_sum${this.#labels} ${float(this.#sum)}\n${count}${buckets}`;
  }
}

export interface HistogramOptions extends FamilySpec {
  readonly bounds: readonly number[];
}

export class Histogram implements Family {
  readonly name: string;
  readonly #options: HistogramOptions;
  readonly #cells = new Map<string, HistogramCell>();

  constructor(options: HistogramOptions) {
    this.name = options.name;
    this.#options = options;
  }

  cell(labelText = ''): HistogramCell {
    const known = this.#cells.get(labelText);
    if (known) return known;
    const { name, bounds, dialect } = this.#options;
    const cell = new HistogramCell(name, labelText, bounds, dialect === 'legacy');
    this.#cells.set(labelText, cell);
    return cell;
  }

  text(): string {
    if (this.#cells.size === 0) return '';
    let text = header(this.#options, 'histogram');
    for (const cell of this.#cells.values()) text += cell.text();
    return text;
  }
}
