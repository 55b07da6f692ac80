#!/usr/bin/env node
// The command `latchwork` as it is installed. Any Node since 12 can read this file, so that an old one is told what is needed.

const NEEDED = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    'latchwork needs Node ' +
      NEEDED +
      ' or newer, and this is Node ' +
      process.versions.node +
      ': install a newer one, and run the same command again.',
  );
  process.exitCode = 1;
} else import('./main.mjs');
