// The rows of a Markdown table as cells, however a formatter has padded them. Pure.

/** Without the head. `text` may hold more: the table is looked for between `<!-- name -->` and `<!-- /name -->`. */
export function tableRows(text: string, name: string): string[][] {
  const lines = new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- /${name} -->`).exec(text)?.[1]?.split('\n');
  if (!lines) throw new Error(`there is no table between <!-- ${name} --> and <!-- /${name} -->`);
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
