import { expect, it } from 'vitest';
import { ABOUT } from '../test-data/stage.ts';
import { askAbout } from './ask-about.ts';

it('asks below the base of the page, and says what a refusal was', async () => {
  const asked: string[] = [];
  const answering = (answer: Response) => async (url: Parameters<typeof fetch>[0]) => {
    asked.push(String(url));
    return answer;
  };
  const base = 'https://tools.example.com/mesh/?view=live';
  expect(await askAbout(base, answering(Response.json(ABOUT)))).toEqual(ABOUT);
  expect(asked).toEqual(['https://tools.example.com/mesh/api/about']);
  await expect(askAbout(base, answering(new Response('', { status: 502 })))).rejects.toThrow('502');
});
