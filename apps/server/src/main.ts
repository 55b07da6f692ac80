#!/usr/bin/env node
// The process: a command, or the server without one. What they do is in commands/.

import { accessSync, constants } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { lookOf } from './commands/asking/look.ts';
import { type Command, EXIT_MISTAKE, type Terminal } from './commands/command.ts';
import { COMMANDS, type CommandWord, isCommandWord } from './commands/words.ts';
import { nearest } from './flags/nearest.ts';
import { hasDesktop } from './open-browser.ts';

/** What a command imports is loaded when it is asked for. */
const LOADERS: Readonly<Record<CommandWord, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  stat: async () => (await import('./commands/stat.ts')).stat,
  edges: async () => (await import('./commands/edges.ts')).edges,
  routes: async () => (await import('./commands/routes.ts')).routes,
  authz: async () => (await import('./commands/authz.ts')).authz,
  top: async () => (await import('./commands/top.ts')).top,
  tap: async () => (await import('./commands/tap.ts')).tap,
  graph: async () => (await import('./commands/graph.ts')).graph,
  problems: async () => (await import('./commands/problems.ts')).problems,
  check: async () => (await import('./commands/check.ts')).check,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  'embed-link': async () => (await import('./commands/embed-link.ts')).embedLink,
};

// Every refresh leaves tens of megabytes of rows behind. Left alone, V8 lets them lie until 450 MB are in use for a mesh of
// 1,000 workloads; so it takes 180, for the same processor time.
setFlagsFromString('--optimize-for-size');

const [first = '', ...rest] = process.argv.slice(2);
const isWord = /^[a-z]/.test(first);
const terminal: Terminal = {
  args: isWord ? rest : process.argv.slice(2),
  environment: process.env,
  hasDesktop: hasDesktop(process.platform, process.env, process.stdout.isTTY === true),
  checkFile: (path) => accessSync(path, constants.R_OK),
  print: (text) => void process.stdout.write(text),
  say: (line) => void process.stderr.write(`${line}\n`),
  look: lookOf(process.stdout, process.env),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms, true)),
  now: Date.now,
};
// Whoever reads may have enough of it, as `head` does.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));
const word = isWord ? first : 'serve';

if (isCommandWord(word)) {
  const command = await LOADERS[word]();
  const code = await command.run(terminal);
  if (code !== null) process.exitCode = code;
} else {
  const near = nearest(word, Object.keys(COMMANDS));
  terminal.say(`${word} is no command${near ? `: did you mean ${near}?` : ': --help lists them'}`);
  process.exitCode = EXIT_MISTAKE;
}
