import { expect, it } from 'vitest';
import { grpcStatusText } from './grpc-status.ts';

it('grpcStatusText(code) names the codes that there are', () => {
  expect([0, 5, 16, 99].map(grpcStatusText)).toEqual(['0 OK', '5 NOT_FOUND', '16 UNAUTHENTICATED', '99']);
});
