// Opens the page in whatever the machine opens web pages with. Its failure is a word, not an end.

import { spawn } from 'node:child_process';

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};
const OTHERWISE = ['xdg-open'];

export interface OpenBrowserOptions {
  readonly platform: string;
  readonly say: (line: string) => void;
  /** Starts a program that outlives this one. */
  readonly start?: typeof spawn;
}

export function openBrowser(url: string, { platform, say, start = spawn }: OpenBrowserOptions): void {
  const [command = '', ...args] = OPENERS[platform] ?? OTHERWISE;
  const child = start(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => say(`no browser could be opened (${command} is missing): open ${url}`));
  child.on('exit', (code) => {
    if (code) say(`no browser could be opened (${command} ended with ${code}): open ${url}`);
  });
  child.unref();
}

/** Whether a page that is opened is seen by whoever started this: on a terminal, and not at the far end of one. */
export function hasDesktop(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (!isTerminal || environment['SSH_CONNECTION'] || environment['CI']) return false;
  return platform in OPENERS || Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']);
}
