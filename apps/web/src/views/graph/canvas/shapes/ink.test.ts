import { readFileSync } from 'node:fs';
import { DARK, LIGHT } from '@latchwork/graph/draw/palette';
import type { Ink } from '@latchwork/graph/draw/shape';
import { expect, it } from 'vitest';
import { inkVariable } from './ink.ts';

it('inkVariable(ink) is a token of the page, in the very colours that pictures have', () => {
  const css = readFileSync('apps/web/src/app.css', 'utf8');
  for (const ink of Object.keys(LIGHT) as Ink[]) {
    const token = /^var\((--[a-z0-9-]+)\)$/.exec(inkVariable(ink))?.[1];
    expect(css).toContain(`${token}: light-dark(${LIGHT[ink]}, ${DARK[ink]})`);
  }
});
