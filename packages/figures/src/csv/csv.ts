// Rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula is marked as text, in full width too.

export type CsvColumn<Row> = readonly [name: string, read: (row: Row) => string | number | null | undefined];

/** Empty where nothing was measured; 0 is a measurement. */
export function csv<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string {
  const lines = rows.map((row) => columns.map(([, read]) => cell(read(row))));
  return [columns.map(([name]) => name), ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
