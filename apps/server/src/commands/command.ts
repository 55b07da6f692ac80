// What the program can be asked for by a word: its sentence for people, and how it runs. Knows no command.

import type { Environment } from '../flags/given.ts';
import type { Look } from './asking/look.ts';

/** The ends of a process, so that a command can be tried without one. */
export interface Terminal {
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Whether somebody sits in front of it, with a browser. */
  readonly hasDesktop?: boolean;
  /** Throws when the file cannot be read. */
  readonly checkFile: (path: string) => void;
  /** What was asked for, to standard output. */
  readonly print: (text: string) => void;
  /** A line for people, to standard error. */
  readonly say: (line: string) => void;
  /** Absent: piped. */
  readonly look?: Look;
  /** Resolves whether to go on, after so many milliseconds; absent: nobody watches. */
  readonly wait?: (ms: number) => Promise<boolean>;
  /** Unix milliseconds. */
  readonly now: () => number;
}

export interface Command {
  /** The exit code, once it is known; null while the process goes on by itself. */
  run(terminal: Terminal): Promise<number | null>;
}

export const EXIT_OK = 0;
/** What the command was told to look for is there. */
export const EXIT_FOUND = 1;
/** The settings are wrong: nothing was tried. */
export const EXIT_MISTAKE = 2;
/** Nobody answered, or not all that was asked; there is no right to look, or nothing to be seen. */
export const EXIT_UNSEEN = 3;
