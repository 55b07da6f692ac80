// The login: one field for the token. No script; its style comes from this server.

import { PATHS } from '@latchwork/shared/paths';
import { escapeHtml } from './plain-page.ts';

export interface LoginPage {
  /** Under which a browser reaches this server; without a trailing slash. */
  readonly base: string;
  /** Of the page that was asked for: `?…` or empty. */
  readonly query: string;
  readonly isSecondTry: boolean;
}

/** Without a referrer a browser sends no origin with a form either, and a form of nobody's is refused. */
export const LOGIN_REFERRER = { 'referrer-policy': 'same-origin' } as const;

export function loginPage({ base, query, isSecondTry }: LoginPage): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<link rel="stylesheet" href="${escapeHtml(base + PATHS.embedStyle)}">`,
    '<title>Log in · Latchwork</title></head><body><main>',
    '<h1>Log in to Latchwork</h1>',
    isSecondTry ? '<p role="alert">That is not the token of this server.</p>' : '',
    '<p>Whoever runs this server has its access token.</p>',
    `<form method="post" action="${escapeHtml(base + PATHS.login)}">`,
    `<input type="hidden" name="next" value="${escapeHtml(query)}">`,
    '<label>Access token<br><input type="password" name="token" required autofocus autocomplete="current-password"></label>',
    '<button type="submit">Log in</button>',
    '</form></main></body></html>',
    '',
  ].join('\n');
}
