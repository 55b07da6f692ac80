// A page of a few words, for when the real one cannot be shown. No script: it works under any policy.

export interface PlainPage {
  readonly title: string;
  /** Plain text; shown as paragraphs. */
  readonly paragraphs: readonly string[];
  /** Shown as it would be typed. */
  readonly commands?: readonly string[];
  /** The address of a style sheet of this server. */
  readonly style?: string;
}

export function plainPage({ title, paragraphs, commands = [], style }: PlainPage): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    ...(style === undefined ? [] : [`<link rel="stylesheet" href="${escapeHtml(style)}">`]),
    `<title>${escapeHtml(title)}</title></head><body><main>`,
    `<h1>${escapeHtml(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    ...commands.map((text) => `<pre><code>${escapeHtml(text)}</code></pre>`),
    '</main></body></html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
