// Where Chromium is, for the stories: named by the environment, on PATH, among Playwright's own; else installed.

import { spawn } from 'node:child_process';
import { hasCommand } from './debian-package.ts';
import { findOnPath, isExecutable } from './prometheus-binary.ts';

const VARIABLE = 'LATCHWORK_CHROMIUM_BINARY';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function runQuietly(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    spawn(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .on('error', () => resolve(false))
      .on('exit', (code) => resolve(code === 0));
  });
}

/** The path of a Chromium. `playwrights` is where Playwright keeps its own; `playwrightCli` installs that one. Throws one sentence that says what to install. */
export async function findChromium(
  playwrights: string,
  playwrightCli: string,
  say: (line: string) => void,
): Promise<string> {
  const named = process.env[VARIABLE];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`${VARIABLE} names ${named}, which is no program: correct it or unset it`);
  }
  const found = (await findOnPath(NAMES)) ?? ((await isExecutable(playwrights)) ? playwrights : null);
  if (found) return found;

  say('Chromium was not found: installing the one of Playwright for this user');
  const installed = await runQuietly(process.execPath, [playwrightCli, 'install', 'chromium']);
  if (installed && (await isExecutable(playwrights))) return playwrights;

  if (process.getuid?.() === 0 && (await hasCommand('apt-get'))) {
    say('That failed: installing the package chromium of this system');
    await runQuietly('apt-get', ['update', '-qq']);
    await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const system = await findOnPath(NAMES);
    if (system) return system;
  }
  throw new Error(
    `Chromium was not found: install it so that "chromium" is on PATH, or name it in ${VARIABLE}`,
  );
}
