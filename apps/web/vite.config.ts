// Builds the page. Assets are named relative to the page, so that it works under any base path.

import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Rolldown } from 'vite';

// What the README promises: all of 2023's browsers. Newer syntax is written down to it, newer functions are refused by lib.
const BROWSERS = ['chrome111', 'edge111', 'firefox115', 'safari16.4'];

const SERVER = process.env['LATCHWORK_DEV_SERVER'] ?? 'http://127.0.0.1:8470';

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

const NO_TRANSITIONS = file('src/views/graph/canvas/looking/no-transitions.ts');

/** What somebody who opens the page waits for. */
const FIRST_LOOKS = /\/(?:\w+View|MapCanvas)-/;

const START = file('src/main.ts');
const FIRST_VIEW = file('src/views/graph/GraphView.svelte');
const EMBED = file('src/embed/main.ts');

type Modules = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** Of Svelte, which is reached as a whole: what only forms need, and no form is there at the start. */
const OF_FORMS = /\/svelte\/.*\/bindings\/(?:input|select)\.js$/;

/** What all of these entries need, as one chunk: each file waits for a busy server. */
function neededBy(name: string, ...entries: string[]): Rolldown.CodeSplittingGroup {
  let reached: readonly ReadonlySet<string>[] | undefined;
  return {
    debugName: name,
    name(id, modules) {
      reached ??= entries.map((entry) => reachedFrom(entry, modules));
      return !OF_FORMS.test(id) && reached.every((ids) => ids.has(id)) ? name : null;
    },
  };
}

function reachedFrom(entry: string, modules: Modules): ReadonlySet<string> {
  const reached = new Set([entry]);
  for (const id of reached)
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}

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
      // whole lists would be a part of the first load. A first look waits for nothing that is found late.
      resolveDependencies: (own, files, { hostType }) =>
        hostType === 'html' || FIRST_LOOKS.test(own)
          ? files
          : files.filter((name) => name === own || name.endsWith('.css')),
    },
    // The contract's schemas are for the server: here only its plain functions are used, and making a schema has no effect.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            neededBy('start-and-embed', START, EMBED),
            neededBy('start', START),
            neededBy('view-and-embed', FIRST_VIEW, EMBED),
            // The view's own modules stay with it: others do not need them.
            { ...neededBy('view', FIRST_VIEW), minShareCount: 2 },
          ],
        },
      },
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
