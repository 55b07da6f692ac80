// How an answer is packed for whoever unpacks it.

import { promisify } from 'node:util';
import { type BrotliOptions, brotliCompress, constants, gzip } from 'node:zlib';

export type Packing = 'br' | 'gzip';

/** Less than this fits into one packet anyway. */
export const PACKED_FROM_BYTES = 1024;

/** Of a large graph better than gzip's best, in its time. */
const ONCE = 4;
/** Of scripts 7 % less, in twelve times the time. */
const KEPT = 9;

/** `isKept`: for many answers, not only for this one. */
export function pack(packing: Packing, bytes: Buffer, isKept = false): Promise<Buffer> {
  if (packing === 'gzip') return promisify(gzip)(bytes);
  const brotli: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: isKept ? KEPT : ONCE } };
  return promisify(brotliCompress)(bytes, brotli);
}

/** The best of what an `Accept-Encoding` allows; `q=0` is a refusal. */
export function packingOf(accepted: string | string[] | undefined): Packing | null {
  const offers = new Map(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((offer) => {
        const [name = '', ...params] = offer.split(';').map((part) => part.trim());
        const quality = params.find((param) => param.startsWith('q='));
        return [name, quality === undefined ? 1 : Number(quality.slice(2))] as const;
      }),
  );
  const isAccepted = (name: Packing) => (offers.get(name) ?? offers.get('*') ?? 0) > 0;
  return isAccepted('br') ? 'br' : isAccepted('gzip') ? 'gzip' : null;
}
