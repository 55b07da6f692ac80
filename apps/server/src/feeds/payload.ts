// Bytes that leave many times: serialised once, and compressed once, when the first asks for that.

import { constants, deflateRawSync } from 'node:zlib';

/** Of a value of two megabytes this is the best for its time: level 6 takes twice as long and saves a twelfth. */
const LEVEL = 4;

export class Payload {
  readonly text: Buffer;
  #deflated: Buffer | null = null;

  constructor(text: Buffer) {
    this.text = text;
  }

  /** Raw DEFLATE that ends at a byte's edge and not the stream: more may follow. */
  get deflated(): Buffer {
    this.#deflated ??= deflateRawSync(this.text, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH });
    return this.#deflated;
  }
}
