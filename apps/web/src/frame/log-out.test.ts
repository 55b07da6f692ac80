import { describe, expect, it } from 'vitest';
import { logOut } from './log-out.ts';

const BASE = 'https://mesh.example.com/latchwork/';
const answering = (ended: string | null) => async (url: URL | RequestInfo, init?: RequestInit) => {
  expect([String(url), init?.method]).toEqual([`${BASE}logout`, 'POST']);
  return Response.json({ ended });
};

describe('logOut(base)', () => {
  it('leads to where the issuer ends the login, else back to the page', async () => {
    expect(await logOut(BASE, answering('https://login.example.com/end'))).toBe(
      'https://login.example.com/end',
    );
    expect(await logOut(BASE, answering(null))).toBe(BASE);
  });

  it('is null when the server does not answer', async () => {
    expect(await logOut(BASE, () => Promise.reject(new Error('away')))).toBeNull();
  });
});
