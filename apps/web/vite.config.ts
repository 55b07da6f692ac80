// Builds the page. Assets are named relative to the page, so that it works under any base path.

import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// What the README promises: all of 2023's browsers. Newer syntax is written down to it, newer functions are refused by lib.
const BROWSERS = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

const SERVER = process.env['LATCHWORK_DEV_SERVER'] ?? 'http://127.0.0.1:8470';

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

const NO_TRANSITIONS = file('src/views/graph/canvas/looking/no-transitions.ts');

export default defineConfig({
  base: './',
  plugins: [svelte()],
  resolve: { alias: { 'd3-transition': NO_TRANSITIONS, 'd3-interpolate': NO_TRANSITIONS } },
  worker: { format: 'es' },
  build: {
    target: BROWSERS,
    assetsInlineLimit: 0, // the content security policy has no place for data: addresses
    modulePreload: {
      polyfill: false,
      // What is loaded later comes with its own script and styles at once, and finds the rest by itself, as most of it is there:
      // whole lists would be a part of the first load.
      resolveDependencies: (own, files, { hostType }) =>
        hostType === 'html' ? files : files.filter((name) => name === own || name.endsWith('.css')),
    },
    // The contract's schemas are for the server: here only its plain functions are used, and making a schema has no effect.
    rolldownOptions: {
      input: { index: file('index.html'), embed: file('embed.html') },
      treeshake: {
        manualPureFunctions: ['Type', 'Nullable'],
        moduleSideEffects: [
          { test: /\/typebox\//, sideEffects: false },
          { test: /\/packages\/shared\//, sideEffects: false },
        ],
      },
    },
  },
  server: { proxy: { '/api': { target: SERVER, ws: true } } },
});
