// What an answer that says no has to say for itself: a sentence out of JSON, plain text, a header or the title of a page. Pure.

import type { Answer } from './exchange.ts';

const MAX_WORDS = 300;

export function wordsOf({ json, text, headers }: Pick<Answer<unknown>, 'json' | 'text' | 'headers'>): string {
  const words = (json === undefined ? inText(text) : inJson(json)) || inHeader(headers);
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > MAX_WORDS ? `${line.slice(0, MAX_WORDS)}…` : line;
}

/** `message`, `error`, `error.message`, `error_description`, as clouds and gateways have it. */
function inJson(json: unknown, depth = 0): string {
  if (typeof json === 'string') return json;
  if (typeof json !== 'object' || json === null || depth > 3) return '';
  if (Array.isArray(json)) return inJson(json[0], depth + 1);
  const fields = json as Readonly<Record<string, unknown>>;
  for (const name of ['message', 'Message', 'errorMessage', 'error_description', 'error', 'detail'])
    if (fields[name]) {
      const words = inJson(fields[name], depth + 1);
      // Google says in a word of its own what its sentence means.
      if (words)
        return typeof fields['status'] === 'string' && depth > 0 ? `${words} (${fields['status']})` : words;
    }
  return '';
}

function inText(text: string): string {
  if (!/^\s*</.test(text)) return text.trim().split('\n', 1)[0] ?? '';
  const [, title] = /<title[^<>]*>([^<]{1,200})</i.exec(text) ?? [];
  return title === undefined ? 'a web page' : `a web page, "${title.trim()}"`;
}

function inHeader(headers: Answer<unknown>['headers']): string {
  const proxy = headers['l5d-proxy-error'];
  if (proxy !== undefined) return String(proxy);
  const login = String(headers['www-authenticate'] ?? '');
  const [, described] = /error_description="([^"]*)"/.exec(login) ?? [];
  return described ?? login;
}
