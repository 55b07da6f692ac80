// Two worlds: Node for the server and the pure packages, a browser-like one for the page. What runs on Node is either a
// unit (seconds for all of them) or real: it starts Prometheus, VictoriaMetrics, Helm, nginx or processes of our own. Time
// limits only end what hangs: a busy machine fails no test.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { configDefaults, defineConfig } from 'vitest/config';

const ON_NODE = '{packages/*/src,apps/{server,mesh-sim}/{src,test},scripts,bench,deploy/test}/**';
const REAL = `${ON_NODE}/*.real.test.ts`;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [`${ON_NODE}/*.test.ts`],
          exclude: [...configDefaults.exclude, REAL],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'real',
          environment: 'node',
          include: [REAL],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [svelte(), svelteTesting()],
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['apps/web/src/**/*.test.ts', 'apps/web/src/**/*.test.svelte.ts'],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
