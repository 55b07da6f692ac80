// Rows of an instant query in the form in which Prometheus and its kin write them, read without parsing what was read before.
// Any other form is JSON all the same, and left to JSON.parse.

import { createLabelPool } from './label-pool.ts';
import { type RowReader, toSample } from './rows.ts';
import { parseValue, type Sample } from './sample.ts';

const METRIC = '{"metric":';
/** No label's value can hold this: a quote in it would have a backslash before it. */
const VALUE = '},"value":[';
const NUMBER = ',"';
const END = '"]}';
const COMMA = 0x2c;

export function createSampleReader(pool = createLabelPool()): RowReader<Sample> {
  function batch(text: string): Sample[] | null {
    const samples: Sample[] = [];
    let at = 0;
    let stamp: string | null = null;
    while (at < text.length) {
      const labelsAt = at + METRIC.length;
      const labelsEnd = text.indexOf(VALUE, labelsAt);
      if (labelsEnd < 0 || !text.startsWith(METRIC, at)) return null;
      const stampAt = labelsEnd + VALUE.length;
      const numberAt = text.indexOf(NUMBER, stampAt);
      const end = text.indexOf(END, numberAt + NUMBER.length);
      if (numberAt < 0 || end < 0) return null;
      // All of an answer are of one moment.
      if (stamp === null || !text.startsWith(stamp, stampAt) || stamp.length !== numberAt - stampAt) {
        stamp = text.slice(stampAt, numberAt);
        if (!/^(0|[1-9]\d*)(\.\d+)?$/.test(stamp)) return null;
      }
      const number = text.slice(numberAt + NUMBER.length, end);
      const labels = pool.read(text, labelsAt, labelsEnd);
      if (labels === null || !isNumber(number)) return null;
      samples.push({ labels, value: parseValue(number) });
      at = end + END.length;
      if (at < text.length && text.charCodeAt(at++) !== COMMA) return null;
    }
    return text.endsWith(',') ? null : samples;
  }
  return { row: toSample, batch };
}

function isNumber(text: string): boolean {
  return text === 'NaN' || /^([+-]?Inf|-?\d+(\.\d+)?(e[+-]?\d+)?)$/.test(text);
}
