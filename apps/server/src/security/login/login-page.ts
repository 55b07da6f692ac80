// The login: a field for the token, a way to the company's own login, or both. No script; its style comes from this server.

import { PATHS } from '@latchwork/shared/paths';
import { escapeHtml } from '../plain-page.ts';

/** Which ways there are. */
export interface Logins {
  /** The name of the issuer's host, for people; null without one. */
  readonly oidc: string | null;
  readonly token: boolean;
}

export interface LoginPage {
  /** Under which a browser reaches this server; without a trailing slash. */
  readonly base: string;
  /** Of the page that was asked for: `?…` or empty. */
  readonly query: string;
  readonly logins: Logins;
  /** What went wrong before; null: nothing yet. */
  readonly said: string | null;
}

/** Without a referrer a browser sends no origin with a form either, and a form of nobody's is refused. */
export const LOGIN_REFERRER = { 'referrer-policy': 'same-origin' } as const;

/** Only the query comes from outside: it can lead to no other page than this server's own. */
export function isSafeQuery(query: string): boolean {
  return /^(\?[!-~]{0,8000})?$/.test(query);
}

export function loginPage({ base, query, logins, said }: LoginPage): string {
  const form = [
    '<p>Whoever runs this server has its access token.</p>',
    `<form method="post" action="${escapeHtml(base + PATHS.login)}">`,
    `<input type="hidden" name="next" value="${escapeHtml(query)}">`,
    '<label>Access token<br><input type="password" name="token" required autofocus autocomplete="current-password"></label>',
    '<button type="submit">Log in</button>',
    '</form>',
  ];
  return page(base, 'Log in', [
    '<h1>Log in to Latchwork</h1>',
    ...(said === null ? [] : [`<p role="alert">${escapeHtml(said)}</p>`]),
    ...(logins.oidc === null
      ? []
      : [
          linkTo(`${base}${PATHS.oidcStart}?next=${encodeURIComponent(query)}`, `Log in with ${logins.oidc}`),
        ]),
    ...(logins.token ? form : []),
  ]);
}

/** `ended`: where the login itself ends; null where it does not, or is this server's own. */
export function loggedOutPage(base: string, ended: string | null): string {
  return page(base, 'Logged out', [
    '<h1>You are logged out here</h1>',
    linkTo(`${base}/`, 'Log in again'),
    ...(ended === null ? [] : [linkTo(ended, 'Log out of everything else, too')]),
  ]);
}

/** The mark, in the colours that the style sheet of these pages gives it. */
const MARK =
  '<svg class="mark" width="40" height="40" viewBox="0 0 24 24" fill="none" role="img" aria-label="Latchwork">' +
  '<path class="shackle" d="M5.5 15V9.5a6.5 6.5 0 0 1 13 0V15"/><path class="link" d="M8.5 17h7"/>' +
  '<circle class="end" cx="5.5" cy="17" r="3.5"/><circle class="end" cx="18.5" cy="17" r="3.5"/></svg>';

function linkTo(address: string, words: string): string {
  return `<p><a href="${escapeHtml(address)}">${escapeHtml(words)}</a></p>`;
}

function page(base: string, title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<link rel="stylesheet" href="${escapeHtml(base + PATHS.embedStyle)}">`,
    `<title>${title} · Latchwork</title></head><body><main>`,
    MARK,
    ...body,
    '</main></body></html>',
    '',
  ].join('\n');
}
