import { describe, expect, it } from 'vitest';
import { seeded } from '../../../test/inputs/seeded.ts';
import { createLabelPool } from './label-pool.ts';
import { toSample } from './rows.ts';
import type { Sample } from './sample.ts';
import { createSampleReader } from './sample-reader.ts';

const row = (metric: object, value: unknown = '1', at: unknown = 1_795_448_830) => ({
  metric,
  value: [at, value],
});
const textOf = (rows: readonly object[]) => rows.map((one) => JSON.stringify(one)).join(',');

/** What the text means, whatever its form; null when it is no JSON or holds another shape. */
function parsed(text: string): (Sample | null)[] | null {
  try {
    return (JSON.parse(`[${text}]`) as unknown[]).map(toSample);
  } catch {
    return null;
  }
}

describe('createSampleReader().batch(text)', () => {
  it('reads the rows that stores write', () => {
    const text = textOf([
      row({}),
      row({ namespace: 'shop', deployment: 'web' }, '0.8333333333333334'),
      row({ le: '+Inf', é: '€😀' }, 'NaN'),
      row({ a: '' }, '+Inf'),
      row({ a: '' }, '-1.5e-07', 1_795_448_830.5),
    ]);
    expect(createSampleReader().batch?.(text)).toEqual(parsed(text));
  });

  it('hands out the very label set that was read before', () => {
    const { batch } = createSampleReader();
    const text = textOf([row({ namespace: 'shop' }, '1'), row({ namespace: 'ops' }, '2')]);
    const [first] = batch?.(text) ?? [];
    const [again] = batch?.(textOf([row({ namespace: 'shop' }, '7')])) ?? [];
    expect(again).toEqual({ labels: { namespace: 'shop' }, value: 7 });
    expect(again?.labels).toBe(first?.labels);
  });

  it('forgets what no longer comes', () => {
    let nowMs = 0;
    const { batch } = createSampleReader(createLabelPool(() => nowMs));
    const text = textOf([row({ namespace: 'shop' })]);
    const first = batch?.(text)?.[0]?.labels;
    nowMs = 130_000;
    expect(batch?.(text)?.[0]?.labels).toBe(first);
    for (nowMs of [260_000, 390_000]) batch?.(textOf([row({ namespace: 'ops' })]));
    const later = batch?.(text)?.[0]?.labels;
    expect(later).toEqual(first);
    expect(later).not.toBe(first);
  });

  it.each([
    ['spaces', '{"metric": {"a": "b"}, "value": [1, "2"]}'],
    ['a native histogram', '{"metric":{"a":"b"},"histogram":[1,{}]}'],
    [
      'one between others',
      `${textOf([row({ a: '1' })])},{"metric":{"a":"b"},"histogram":[1,{}]},${textOf([row({ a: '2' })])}`,
    ],
    ['a bare number', '{"metric":{"a":"b"},"value":[1,2]}'],
    ['a label that is no text', '{"metric":{"a":1},"value":[1,"2"]}'],
    ['a comma too many', `${textOf([row({ a: '1' })])},`],
    ['half of a row', textOf([row({ a: '1' })]).slice(0, -2)],
    ['no number', textOf([row({ a: '1' }, 'many')])],
    ['no time', textOf([row({ a: '1' }, '1', 'now')])],
  ])('leaves %s to others', (_, text) => {
    expect(createSampleReader().batch?.(text)).toBeNull();
  });

  it('never says anything else than JSON.parse, however the text is bent', () => {
    const random = seeded(11);
    const below = (count: number) => Math.floor(random() * count);
    const parts = [
      'a',
      'shop',
      '"',
      '\\',
      '},"value":[',
      '{"metric":{',
      ',',
      '}',
      '"]}',
      '\n',
      'é',
      '__proto__',
      '0',
      '',
    ];
    const word = () => Array.from({ length: below(4) }, () => parts[below(parts.length)]).join('');
    const { batch } = createSampleReader();
    let read = 0;
    for (let round = 0; round < 4_000; round++) {
      const rows = Array.from({ length: 1 + below(4) }, () =>
        row(
          Object.fromEntries(Array.from({ length: below(4) }, () => [word(), word()])),
          String(random() * 100),
        ),
      );
      let text = textOf(rows);
      if (round % 2 === 1) {
        const at = below(text.length);
        text = text.slice(0, at) + (parts[below(parts.length)] ?? '') + text.slice(at + below(3));
      }
      for (const samples of [batch?.(text), batch?.(text)]) {
        if (!samples) continue;
        read++;
        expect(samples).toEqual(parsed(text));
      }
    }
    expect(read).toBeGreaterThan(2_000);
  });
});
