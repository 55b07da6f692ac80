import { expect, it } from 'vitest';
import { noRoutes } from './no-routes.ts';

const ANSWERS = { available: true, reason: null, server: null, identity: null };

it('says that Kubernetes knows none where it was asked', () => {
  expect(noRoutes(60, ANSWERS).text).toBe(
    'No meshed caller called a Service in the last 1 min, and Kubernetes knows of no route, and of no ServiceProfile, here.',
  );
});

it('claims nothing of a Kubernetes that was not asked, or does not answer', () => {
  for (const kubernetes of [undefined, { ...ANSWERS, available: false, reason: 'gone' }])
    expect(noRoutes(60, kubernetes).text).not.toContain('knows of no');
});
