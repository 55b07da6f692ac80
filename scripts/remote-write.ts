// Writes series into a Prometheus by its remote-write protocol: protobuf by hand, in snappy's uncompressed form.
// https://prometheus.io/docs/specs/prw/remote_write_spec/

export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix seconds and a value, oldest first; null says that the series ends here, as a scrape without it does. */
  readonly samples: Iterable<readonly [number, number | null]>;
}

/** The NaN that marks the end of a series. https://github.com/prometheus/prometheus/blob/main/model/value/value.go */
const STALE = 0x7ff0000000000002n;
const SERIES_A_REQUEST = 10_000;
/** Of one request; a series with its samples takes about a kilobyte. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Resolves with the number of series. */
export async function remoteWrite(url: string, series: Iterable<WrittenSeries>): Promise<number> {
  const request = new Writer(MOST_BYTES);
  const one = new Writer(64 * 1024);
  let count = 0;
  for (const written of series) {
    one.clear();
    writeTimeSeries(one, written);
    request.bytes(1, one.written());
    count++;
    if (count % SERIES_A_REQUEST === 0) await send(url, request);
  }
  await send(url, request);
  return count;
}

async function send(url: string, request: Writer): Promise<void> {
  const answer = await fetch(`${url}/api/v1/write`, {
    method: 'POST',
    headers: {
      'content-encoding': 'snappy',
      'content-type': 'application/x-protobuf',
      'x-prometheus-remote-write-version': '0.1.0',
    },
    body: new Uint8Array(toSnappy(request.written())),
  });
  if (!answer.ok) throw new Error(`remote write was refused: ${answer.status} ${await answer.text()}`);
  request.clear();
}

function writeTimeSeries(to: Writer, { labels, samples }: WrittenSeries): void {
  for (const name of Object.keys(labels).sort()) {
    const value = labels[name];
    if (value) to.label(name, value);
  }
  for (const [at, value] of samples) to.sample(value, Math.round(at * 1000));
}

/** The few forms of protobuf that remote write needs, into one buffer. All text is ASCII. */
class Writer {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  clear(): void {
    this.#at = 0;
  }

  written(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  varint(value: number): void {
    let left = value;
    while (left >= 128) {
      this.#buffer[this.#at++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    this.#buffer[this.#at++] = left;
  }

  bytes(field: number, bytes: Buffer): void {
    this.varint((field << 3) | 2);
    this.varint(bytes.length);
    this.#at += bytes.copy(this.#buffer, this.#at);
  }

  #text(field: number, text: string): void {
    this.varint((field << 3) | 2);
    this.varint(text.length);
    this.#at += this.#buffer.write(text, this.#at, 'latin1');
  }

  label(name: string, value: string): void {
    this.varint((1 << 3) | 2);
    this.varint(2 + sizeOf(name.length) + name.length + sizeOf(value.length) + value.length);
    this.#text(1, name);
    this.#text(2, value);
  }

  sample(value: number | null, atMs: number): void {
    this.varint((2 << 3) | 2);
    this.varint(10 + sizeOf(atMs));
    this.varint((1 << 3) | 1);
    this.#at =
      value === null
        ? this.#buffer.writeBigUInt64LE(STALE, this.#at)
        : this.#buffer.writeDoubleLE(value, this.#at);
    this.varint(2 << 3);
    this.varint(atMs);
  }
}

function sizeOf(value: number): number {
  return value < 128 ? 1 : 1 + sizeOf(Math.floor(value / 128));
}

/** Literals alone, each of at most 64 KiB. https://github.com/google/snappy/blob/main/format_description.txt */
function toSnappy(bytes: Buffer): Buffer {
  const size = new Writer(16);
  size.varint(bytes.length);
  const parts = [size.written()];
  for (let at = 0; at < bytes.length; at += 65_536) {
    const chunk = bytes.subarray(at, at + 65_536);
    const head = Buffer.from([61 << 2, 0, 0]);
    head.writeUInt16LE(chunk.length - 1, 1);
    parts.push(head, chunk);
  }
  return Buffer.concat(parts);
}
