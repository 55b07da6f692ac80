import { expect, it } from 'vitest';
import { wordsOf } from './refusal-words.ts';

const said = (text: string, json?: unknown) => wordsOf({ json, text, headers: {} });

it('reads the title of a page', () => {
  expect(said('<html><title lang="en"> Sign in </title>')).toBe('a web page, "Sign in"');
});

it('has read a page that begins titles without end before anybody notices', () => {
  const started = performance.now();
  expect(said('<title '.repeat(30_000))).toBe('a web page');
  expect(performance.now() - started).toBeLessThan(500);
});

it('gives up on an answer that nests without end', () => {
  const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
  expect(said('', deep)).toBe('');
  expect(said('', JSON.parse(`${'{"error":'.repeat(50_000)}1${'}'.repeat(50_000)}`))).toBe('');
});
