// Why there is no route to show, and what may help.

import { span } from '@latchwork/figures/span';
import type { About } from '@latchwork/shared/about';

/** Says of Kubernetes only what it was asked. */
export function noRoutes(
  windowSeconds: number,
  kubernetes: About['kubernetes'],
): { text: string; remedy: string } {
  const uncalled = `No meshed caller called a Service in the last ${span(windowSeconds)}`;
  const remedy = 'A longer window shows rare calls; other namespaces may have some.';
  if (kubernetes?.available)
    return {
      text: `${uncalled}, and Kubernetes knows of no route, and of no ServiceProfile, here.`,
      remedy,
    };
  return {
    text: `${uncalled}. Routes that nobody calls would be known from Kubernetes alone.`,
    remedy,
  };
}
