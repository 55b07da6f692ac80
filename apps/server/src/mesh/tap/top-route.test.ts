import { describe, expect, it } from 'vitest';
import { routeOf } from './top-route.ts';

describe('routeOf(path)', () => {
  it.each([
    ['/reviews/310', '/reviews/{id}'],
    ['/carts/591/items/7', '/carts/{id}/items/{id}'],
    ['/users/6f1c2f2e-9d0f-4a5e-8a44-0d2b4a6f9a11/orders', '/users/{id}/orders'],
    ['/blobs/deadbeefdeadbeef', '/blobs/{id}'],
    ['/orders/order-1234', '/orders/order-{id}'],
    ['/events/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/events/{id}'],
    ['/days/2026-11-23', '/days/{id}'],
    ['/t/eyJhbGciOiJIUzI1NiIsInR5', '/t/{id}'],
  ])('folds %s into %s', (path, route) => {
    expect(routeOf(path)).toBe(route);
  });

  it.each([
    '/',
    '',
    '/products',
    '/api/v1/namespaces',
    '/oauth2/token',
    '/emojivoto.v1.VotingService/VoteDoughnut',
    '/internationalization-settings',
    '/assets/app.js',
  ])('leaves %s alone', (path) => {
    expect(routeOf(path)).toBe(path);
  });
});
