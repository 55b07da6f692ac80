import { describe, expect, it } from 'vitest';
import { failureWords } from './failure-words.ts';

describe('failureWords()', () => {
  it.each([
    ['ECONNREFUSED', 'nothing listens there'],
    ['ENOTFOUND', 'nobody knows a host of this name'],
    ['UND_ERR_SOCKET', 'the connection was cut'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host name'],
  ])('says what %s means', (code, words) => {
    expect(failureWords({ code, message: `connect ${code} 127.0.0.1:9090` })).toBe(words);
  });

  it('leaves what it does not know: the code, the message, or nothing', () => {
    expect(failureWords({ code: 'EODD', message: 'odd' })).toBe('EODD');
    expect(failureWords({ message: 'odd' })).toBe('odd');
    expect(failureWords({ code: 'MISSING_CHAR', message: 'a quote is missing' })).toBe('a quote is missing');
    expect(failureWords({})).toBe('nobody said why');
  });
});
