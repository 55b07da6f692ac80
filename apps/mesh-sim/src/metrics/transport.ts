// Connections and bytes, by direction and by which end of the proxy they are on.

import { type Cell, Numbers } from './exposition.ts';

const counter = { type: 'counter', dialect: 'legacy' } as const;

/** The connections of one set of labels. */
export class Connections {
  readonly #opened: Cell;
  readonly #open: Cell;
  readonly #read: Cell;
  readonly #written: Cell;
  readonly #closed: () => Cell;

  constructor(opened: Cell, open: Cell, read: Cell, written: Cell, closed: () => Cell) {
    this.#opened = opened;
    this.#open = open;
    this.#read = read;
    this.#written = written;
    this.#closed = closed;
  }

  get openCount(): number {
    return this.#open.value;
  }

  open(count = 1): void {
    this.#opened.add(count);
    this.#open.add(count);
  }

  close(count = this.#open.value): void {
    if (count === 0) return;
    this.#open.add(-count);
    this.#closed().add(count);
  }

  /** Opened and closed again since the page was last read. */
  pass(count = 1): void {
    if (count === 0) return;
    this.open(count);
    this.close(count);
  }

  move(readBytes: number, writtenBytes: number): void {
    this.#read.add(readBytes);
    this.#written.add(writtenBytes);
  }
}

export class Transport {
  readonly #opened = new Numbers({
    ...counter,
    name: 'tcp_open_total',
    help: 'Total count of opened connections',
  });
  readonly #open = new Numbers({
    dialect: 'legacy',
    type: 'gauge',
    name: 'tcp_open_connections',
    help: 'Number of currently-open connections',
  });
  readonly #read = new Numbers({
    ...counter,
    name: 'tcp_read_bytes_total',
    help: 'Total count of bytes read from peers',
  });
  readonly #written = new Numbers({
    ...counter,
    name: 'tcp_write_bytes_total',
    help: 'Total count of bytes written to peers',
  });
  readonly #closed = new Numbers({
    ...counter,
    name: 'tcp_close_total',
    help: 'Total count of closed connections',
  });
  readonly #known = new Map<string, Connections>();

  get families() {
    return [this.#opened, this.#open, this.#read, this.#written, this.#closed];
  }

  connections(labelText: string): Connections {
    const known = this.#known.get(labelText);
    if (known) return known;
    const made = new Connections(
      this.#opened.cell(labelText),
      this.#open.cell(labelText),
      this.#read.cell(labelText),
      this.#written.cell(labelText),
      () => this.#closed.cell(`${labelText},errno=""`),
    );
    this.#known.set(labelText, made);
    return made;
  }

  /** Everything that went through the proxy, for the families of the process. */
  totals(): { opens: number; bytes: number } {
    return { opens: this.#opened.sum(), bytes: this.#read.sum() + this.#written.sum() };
  }
}
