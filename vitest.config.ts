// Two worlds: Node for the server and the pure packages, a browser-like one for the page.

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/{server,mesh-sim}/{src,test}/**/*.test.ts',
            'scripts/**/*.test.ts',
            'deploy/test/**/*.test.ts',
          ],
          testTimeout: 60_000,
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
          testTimeout: 20_000,
        },
      },
    ],
  },
});
