import { describe, expect, it } from 'vitest';
import { createIsHere } from './pod-places.ts';

const scraped = (pod: string, instance: string) => ({
  labels: { namespace: 'shop', pod, instance },
  value: 1,
});
const called = (dst_pod: string, target_addr: string) => ({ dst_namespace: 'shop', dst_pod, target_addr });

describe('whether an endpoint is a pod of here', () => {
  const isHere = createIsHere([
    scraped('api-6d5f8c7b9-x2x4z', '10.1.1.9:4191'),
    scraped('db-0', '10.21.1.5:4191'),
  ]);

  it('is told by a name that only one pod has, wherever that is scraped', () => {
    expect(isHere(called('api-6d5f8c7b9-x2x4z', '10.21.1.5:8080'))).toBe(true);
    expect(isHere(called('api-7f9b4d6c5-b8b9b', '10.1.1.9:8080'))).toBe(false);
  });

  it('is told by its network where pods of several clusters have one name', () => {
    expect(isHere(called('db-0', '10.21.7.7:5432'))).toBe(true);
    expect(isHere(called('db-0', '10.22.1.5:5432'))).toBe(false);
  });
});
