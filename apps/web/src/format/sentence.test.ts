import { describe, expect, it } from 'vitest';
import { sentence } from './sentence.ts';

describe('sentence(phrase)', () => {
  it('begins large and ends with a full stop', () => {
    expect(sentence('no Linkerd metrics here')).toBe('No Linkerd metrics here.');
  });

  it('leaves a sentence as it is', () => {
    expect(sentence('Is it there?')).toBe('Is it there?');
    expect(sentence('')).toBe('');
    expect(sentence('http://x answered 500')).toBe('http://x answered 500.');
  });
});
