import { expect, it } from 'vitest';
import { isOfKubernetes, partWords } from './part-words.ts';

it('partWords(part) tells a part as readers know it', () => {
  expect(partWords('outboundLatency')).toBe('latencies of edges');
  expect(partWords('accepted')).toBe('the file of accepted problems');
  expect(partWords('kubernetes:meshTlsAuthentications')).toBe('mesh TLS authentications');
  expect(partWords('kubernetes:authorizationPolicies')).toBe('authorization policies');
  expect(partWords('somethingNew')).toBe('somethingNew');
  expect(['kubernetes:pods', 'outbound'].map(isOfKubernetes)).toEqual([true, false]);
});
