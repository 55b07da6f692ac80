import { describe, expect, it } from 'vitest';
import { ERP, LEDGER, REVIEWS, WEB } from '../../test-data/workloads.ts';
import { parseWorkloadFilter } from './workload-filter.ts';

const ALL = [WEB, REVIEWS, LEDGER, ERP];
const found = (text: string) => ALL.filter(parseWorkloadFilter(text).matches).map(({ name }) => name);

describe('parseWorkloadFilter(text)', () => {
  it('leaves all when nothing is asked', () => {
    expect(found('  ')).toEqual(['web', 'reviews', 'ledger', 'erp']);
  });

  it('looks for words in name, namespace and kind; all must occur', () => {
    expect(found('bank')).toEqual(['ledger']);
    expect(found('stateful')).toEqual(['ledger']);
    expect(found('shop re')).toEqual(['reviews']);
    expect(found('-shop')).toEqual(['ledger', 'erp']);
  });

  it('compares percentages as people write them', () => {
    expect(found('success < 99')).toEqual(['reviews']);
    expect(found('success<99%')).toEqual(['reviews']);
    expect(found('success >= 91.6')).toEqual(['web', 'reviews']);
    expect(found('out < 100')).toEqual(['web']);
  });

  it('compares rates and times, in ms unless it says seconds', () => {
    expect(found('rate > 10')).toEqual(['web']);
    expect(found('rps > 2 success < 95')).toEqual(['reviews']);
    expect(found('p95 > 1s')).toEqual(['reviews']);
    expect(found('p95 > 700 ms')).toEqual(['web', 'reviews']);
    expect(found('tcp >= 4')).toEqual(['ledger']);
  });

  it('never matches a comparison with what has no data', () => {
    expect(found('success < 101')).toEqual(['web', 'reviews']);
    expect(found('success != 5')).toEqual(['web', 'reviews']);
  });

  it('takes fields of text', () => {
    expect(found('ns=bank')).toEqual(['ledger']);
    expect(found('kind:set')).toEqual(['ledger']);
    expect(found('namespace != shop, name:e')).toEqual(['ledger', 'erp']);
  });

  it('says what it did not understand, and still filters by the rest', () => {
    expect(parseWorkloadFilter('speed > 3').trouble).toMatch(/^unknown field: speed; known: name, namespace/);
    expect(parseWorkloadFilter('success < good').trouble).toBe('not a number for success: good');
    expect(parseWorkloadFilter('name < 3').trouble).toBe('< needs a number; for words there are =, != and :');
    expect(found('bank speed>3')).toEqual(['ledger']);
  });
});
