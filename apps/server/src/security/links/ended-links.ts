// The ids of links that were ended before their time, as their file has them: one a line. Pure.

export function parseEndedLinks(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}
